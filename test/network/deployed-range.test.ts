import { CfnParameter } from 'aws-cdk-lib';
import { NetworkStack } from './fixture';
import { EnvironmentNetworkProps, InternetAccess } from '../../src/network';

/** The ranges of the subnets of a network whose range is a parameter. */
function subnetsOf(props: EnvironmentNetworkProps = {}): unknown[] {
  const stack = new NetworkStack();
  stack.network({ cidr: new CfnParameter(stack, 'Range').valueAsString, ...props });
  return stack.all('AWS::EC2::Subnet').map(({ CidrBlock }) => CidrBlock);
}
const blocks = (count: number, bits: string) => ({ 'Fn::Cidr': [{ Ref: 'Range' }, count, bits] });
const nth = (index: number, list: unknown) => ({ 'Fn::Select': [index, list] });

test('a range that is a parameter is the VPC\'s, and CloudFormation cuts a /24 from it for each zone', () => {
  const stack = new NetworkStack();
  stack.network({ cidr: new CfnParameter(stack, 'Range').valueAsString });
  stack.template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: { Ref: 'Range' } });
  expect(stack.all('AWS::EC2::Subnet').map(({ CidrBlock }) => CidrBlock)).toEqual([0, 1].map((index) => nth(index, blocks(2, '8'))));
});

test('subnetMask says how large they are', () => {
  expect(subnetsOf({ subnetMask: 22, zoneCount: 3 })).toEqual([0, 1, 2].map((index) => nth(index, blocks(3, '10'))));
});

test('the small subnets of NAT gateways and firewalls share the block that follows', () => {
  const small = { 'Fn::Cidr': [nth(2, blocks(3, '8')), 4, '4'] };
  const ranges = subnetsOf({ internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) });
  expect(ranges).toEqual(expect.arrayContaining([...[0, 1].map((index) => nth(index, blocks(3, '8'))), ...[0, 1, 2, 3].map((index) => nth(index, small))]));
  expect(ranges).toHaveLength(6);
});

test('subnets are named and placed by their number, so that another range moves none', () => {
  const idsOf = (cidr: string | undefined) => {
    const stack = new NetworkStack();
    stack.network({ cidr: cidr ?? new CfnParameter(stack, 'Range').valueAsString });
    return Object.entries(stack.template.findResources('AWS::EC2::Subnet')).map(([id, { Properties }]) => [id, (Properties as { AvailabilityZone: unknown }).AvailabilityZone]);
  };
  expect(idsOf(undefined)).toEqual(idsOf('10.0.0.0/16'));
});
