import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { ISecurityGroup, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { NetworkStack } from './fixture';
import { EnvironmentNetwork, InternetAccess } from '../../src/network';

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const idOf = (stack: NetworkStack, group: ISecurityGroup) => text(stack.resolve(group.securityGroupId));
const wayOut = (stack: NetworkStack, description: string): unknown => stack.all('AWS::EC2::SecurityGroup').find((group) => group.GroupDescription === description)?.SecurityGroupEgress;

/** Rules between groups, as from whom to whom. */
function rules(stack: NetworkStack, type: 'Ingress' | 'Egress') {
  return stack.all(`AWS::EC2::SecurityGroup${type}`).map((rule) => ({
    on: text(rule.GroupId),
    with: text(rule.SourceSecurityGroupId ?? rule.DestinationSecurityGroupId ?? rule.DestinationPrefixListId),
    ports: rule.IpProtocol === '-1' ? 'all' : `${rule.FromPort as number}`,
  }));
}

describe('people\'s applications and jobs', () => {
  const stack = new NetworkStack();
  const network = stack.network();
  const groups = [network.studioSecurityGroup, network.workloadSecurityGroup, network.endpointSecurityGroup];
  const [people, jobs, endpoints] = groups.map((group) => idOf(stack, group));

  test('reach endpoints, and neither each other nor other people\'s applications', () => {
    expect(rules(stack, 'Ingress')).toEqual(expect.arrayContaining([{ on: endpoints, with: people, ports: '443' }, { on: endpoints, with: jobs, ports: '443' }]));
    const all = [...rules(stack, 'Ingress'), ...rules(stack, 'Egress')];
    expect(all.filter((rule) => rule.on === people || rule.with === people)).toEqual([{ on: endpoints, with: people, ports: '443' }]);
  });

  test('go out on port 443 alone', () => {
    for (const description of ['Studio applications', 'Jobs, builds and models']) {
      expect(wayOut(stack, description)).toEqual([expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })]);
    }
  });

  test('jobs reach jobs on every port', () => {
    for (const type of ['Ingress', 'Egress'] as const) expect(rules(stack, type)).toContainEqual({ on: jobs, with: jobs, ports: 'all' });
  });
});

test('a network without Studio has no group for people', () => {
  const stack = new NetworkStack();
  stack.network();
  expect(wayOut(stack, 'Studio applications')).toBeUndefined();
});

describe('with the prefix list of S3', () => {
  test('workloads reach S3 and endpoints only', () => {
    const stack = new NetworkStack();
    const network = stack.network({ s3PrefixListId: 'pl-12345678' });
    const endpoints = idOf(stack, network.endpointSecurityGroup);
    for (const group of [network.studioSecurityGroup, network.workloadSecurityGroup]) {
      expect(rules(stack, 'Egress')).toEqual(expect.arrayContaining([
        { on: idOf(stack, group), with: endpoints, ports: '443' }, { on: idOf(stack, group), with: 'pl-12345678', ports: '443' },
      ]));
    }
    expect(JSON.stringify(stack.all('AWS::EC2::SecurityGroup'))).not.toContain('0.0.0.0/0');
  });

  test('there is no internet access', () => {
    expect(() => new NetworkStack().network({ s3PrefixListId: 'pl-12345678', internetAccess: InternetAccess.natGateways() }))
      .toThrow('[Stack/Network] s3PrefixListId must not be given together with internetAccess, got "pl-12345678". It lets workloads reach S3 and endpoints only');
  });

  test('it is an id', () => {
    expect(() => new NetworkStack().network({ s3PrefixListId: 'com.amazonaws.eu-west-1.s3' }))
      .toThrow('[Stack/Network] s3PrefixListId must be the id of a prefix list, such as pl-12345678, got "com.amazonaws.eu-west-1.s3"');
  });
});

describe('in a given VPC', () => {
  const given = (subnets: 'isolatedSubnetIds' | 'privateSubnetIds') => {
    const stack = new NetworkStack();
    return { stack, vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], [subnets]: ['subnet-1'], [subnets.replace('Ids', 'RouteTableIds')]: ['rtb-1'] }) };
  };
  const warnings = (stack: NetworkStack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('may have a default route')).map(({ id, entry }) => `${id}: ${String(entry.data)}`);

  test('subnets that may have a default route are warned of', () => {
    const { stack, vpc } = given('privateSubnetIds');
    EnvironmentNetwork.fromVpc(stack, 'Network', { vpc });
    expect(warnings(stack)).toEqual([
      '/Stack/Network: New security groups let workloads out on port 443 to any address, and Stack/Vpc/PrivateSubnet1 may have a default route: data could leave by it, past every endpoint policy. '
      + 'Give s3PrefixListId, or take isolated subnets [ack: cdk-secure-mlops:defaultRoutePossible]',
    ]);
  });

  test.each([['isolatedSubnetIds', {}], ['privateSubnetIds', { s3PrefixListId: 'pl-12345678' }]] as const)('%s with %p are not', (kind, props) => {
    const { stack, vpc } = given(kind);
    EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, ...props });
    expect(warnings(stack)).toEqual([]);
  });

  test('the group of people is another one than that of jobs', () => {
    const { stack, vpc } = given('isolatedSubnetIds');
    const [one, same] = ['one', 'same'].map((id) => SecurityGroup.fromSecurityGroupId(stack, id, 'sg-12345678'));
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, workloadSecurityGroup: one, studioSecurityGroup: same }))
      .toThrow('[Stack/Network] studioSecurityGroup must be another group than workloadSecurityGroup, got Stack/same. People\'s notebooks and jobs would reach each other on every port');
  });

  test('a given group of people is let in at the endpoints', () => {
    const { stack, vpc } = given('isolatedSubnetIds');
    const studioSecurityGroup = SecurityGroup.fromSecurityGroupId(stack, 'People', 'sg-12345678');
    expect(EnvironmentNetwork.fromVpc(stack, 'Network', { vpc, studioSecurityGroup }).studioSecurityGroup).toBe(studioSecurityGroup);
    expect(rules(stack, 'Ingress').filter((rule) => rule.with === 'sg-12345678')).toHaveLength(1);
  });
});
