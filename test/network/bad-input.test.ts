import { Aws, Fn } from 'aws-cdk-lib';
import { FlowLogMaxAggregationInterval, SecurityGroup, Subnet, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import * as fc from 'fast-check';
import { NetworkStack } from './fixture';
import { EnvironmentNetwork, EnvironmentNetworkProps, InternetAccess, PackageIndex } from '../../src/network';

test.each<[string, EnvironmentNetworkProps, string]>([
  ['no zone', { zoneCount: 0 }, 'zoneCount must be a whole number between 1 and 4, got 0'],
  ['five zones', { zoneCount: 5 }, 'zoneCount must be a whole number between 1 and 4, got 5'],
  ['fewer names than zones', { zoneCount: 3, availabilityZones: ['a', 'b'] },
    'availabilityZones must name as many zones as zoneCount asks for, 3, got ["a","b"]. Give one of the two'],
  ['a zone twice', { availabilityZones: ['a', 'a'] }, 'availabilityZones must have no element twice, got ["a","a"]'],
  ['a range that is none', { cidr: '10.0.0.0' }, 'cidr must be an address range, such as 10.0.0.0/16, got "10.0.0.0"'],
  ['a range that AWS takes for no VPC', { cidr: '10.0.0.0/8' }, 'cidr must be between /16 and /28, as AWS has it, got "10.0.0.0/8"'],
  ['a range from its middle', { cidr: '10.0.3.7/16' }, 'cidr must begin where a range of /16 begins, got "10.0.3.7/16"'],
  ['small subnets in a range that is not known', { cidr: Aws.STACK_NAME, subnetMask: 25 },
    'subnetMask must be at most 24 in a cidr that is a token, got 25. Subnets of /28 are cut from the block that follows'],
  ['too small a range', { cidr: '10.0.0.0/24', subnetMask: 26, zoneCount: 4, internetAccess: InternetAccess.natGateways() },
    'cidr must have room for 4 subnets of /26 and 4 public ones of /28, one a zone, got "10.0.0.0/24". Give a larger range, smaller subnets or fewer zones'],
  ['too small a range for firewalls', { cidr: '10.0.0.0/26', subnetMask: 28, internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) },
    'cidr must have room for 2 subnets of /28, 2 public ones of /28 and 2 of /28 for firewalls, one a zone, got "10.0.0.0/26". Give a larger range, smaller subnets or fewer zones'],
  ['more NAT gateways than zones', { internetAccess: InternetAccess.natGateways(3) },
    '[Stack/Network] internetAccess.count must be at most the number of zones, 2, got 3. A zone takes one NAT gateway'],
  ['more NAT gateways behind firewalls than zones', { availabilityZones: ['a'], internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'], natGateways: 2 }) },
    '[Stack/Network] internetAccess.natGateways must be at most the number of zones, 1, got 2. A zone takes one NAT gateway'],
  ['too large subnets', { cidr: '10.0.0.0/24', subnetMask: 24 },
    'cidr must have room for 2 subnets of /24, one a zone, got "10.0.0.0/24". Give a larger range, smaller subnets or fewer zones'],
  ['an aggregation that AWS does not know', { flowLogs: { maxAggregationInterval: 61 as FlowLogMaxAggregationInterval } }, 'flowLogs.maxAggregationInterval must be a FlowLogMaxAggregationInterval, 60 or 600 seconds, got 61'],
  ['flow logs that are not kept', { flowLogs: {}, enableFlowLogs: false }, 'flowLogs must not be given together with enableFlowLogs: false, got {}'],
  ['no name server', { dhcpOptions: { domainNameServers: [] } }, 'dhcpOptions.domainNameServers must have at least one element, got []'],
])('%s', (_, props, message) => {
  expect(() => new NetworkStack().network(props)).toThrow(message);
});

test('more NAT gateways than zones there can be', () => {
  expect(() => InternetAccess.natGateways(5)).toThrow('[InternetAccess.natGateways] count must be a whole number between 1 and 4, got 5');
});

describe('domains', () => {
  const rule = 'allowedDomains must be lower-case names such as pypi.org, or .pypi.org for all names below as well';

  test.each([
    'https://pypi.org', 'pypi.org/simple', 'pypi.org:443', '*.pypi.org', '*', '', '.', 'org', '.org', 'PyPI.org', 'pypi..org', '-a.org', 'a-.org', 'a_b.org', 'pypi.org.', '10.0.0.1', `${'a'.repeat(64)}.org`,
    ' pypi.org', `${'a.'.repeat(126)}org`,
  ])('"%s" is none', (name) => {
    expect(() => InternetAccess.inspected({ allowedDomains: ['pypi.org', name] }))
      .toThrow(`[InternetAccess.inspected] ${rule}, got ${JSON.stringify([name]).slice(0, 100)}`);
  });

  test.each(['pypi.org', '.pythonhosted.org', 'a.b.c.example.co.uk', 'xn--bcher-kva.example', 'example.xn--p1ai', '0.pool.example.com', `${'a'.repeat(63)}.org`])('"%s" is one', (name) => {
    expect(() => InternetAccess.inspected({ allowedDomains: [name] })).not.toThrow();
  });

  test('known at deployment only are left to AWS', () => {
    expect(() => InternetAccess.inspected({ allowedDomains: [Aws.STACK_NAME] })).not.toThrow();
    expect(() => InternetAccess.inspected({ allowedDomains: Fn.split(',', Aws.STACK_NAME) })).not.toThrow();
  });

  test.each<[string, string[], string]>([
    ['none', [], 'allowedDomains must have at least one element, got []. Without any, InternetAccess.none() does the same at no cost'],
    ['one twice', ['pypi.org', 'pypi.org'], 'allowedDomains must have no element twice, got ["pypi.org","pypi.org"]'],
    ['more than a rule group holds', Array.from({ length: 500 }, (_, index) => `a${index}.org`), 'allowedDomains must have at most 499 elements'],
  ])('%s', (_, allowedDomains, message) => {
    expect(() => InternetAccess.inspected({ allowedDomains })).toThrow(`[InternetAccess.inspected] ${message}`);
  });

  test('as many as a rule group holds are accepted', () => {
    expect(() => InternetAccess.inspected({ allowedDomains: Array.from({ length: 499 }, (_, index) => `a${index}.org`) })).not.toThrow();
  });
});

test('more NAT gateways behind firewalls than zones there can be', () => {
  expect(() => InternetAccess.inspected({ allowedDomains: ['pypi.org'], natGateways: 0 }))
    .toThrow('[InternetAccess.inspected] natGateways must be a whole number between 1 and 4, got 0');
});

test('a package index whose names AWS does not take', () => {
  const stack = new NetworkStack();
  const network = stack.network();
  expect(() => new PackageIndex(stack, 'Index', { network, domainName: 'Packages', repositoryName: '-' })).toThrow(
    '[Stack/Index] domainName must be 2–50 lower-case letters, digits and hyphens, got "Packages"\n'
    + '[Stack/Index] repositoryName must be 2–100 letters, digits, hyphens, dots and underscores, got "-"',
  );
});

describe('a given VPC', () => {
  const stack = new NetworkStack();
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, subnetConfiguration: [{ name: 'public', subnetType: SubnetType.PUBLIC }] });
  const subnet = (id: string) => Subnet.fromSubnetAttributes(stack, id, { subnetId: id, routeTableId: 'rtb-1' });

  test('without subnets for workloads', () => {
    expect(() => EnvironmentNetwork.fromVpc(stack, 'None', { vpc })).toThrow(
      '[Stack/None] subnets must be given for a VPC without isolated or private subnets, got []. Studio in VPC-only mode does not run in public subnets');
  });

  test('with internet access of ours', () => {
    const props = { vpc, subnets: [subnet('subnet-c')], internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) };
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Inspected', props)).toThrow('[Stack/Inspected] internetAccess must be for a new VPC: the routes of a given one are its owner\'s');
  });

  test('with public subnets for workloads', () => {
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Public', { vpc, subnets: [vpc.publicSubnets[0]] })).toThrow('[Stack/Public] subnets must not be public, got ["Stack/Vpc/publicSubnet1"]');
  });

  test('with more subnets than Studio takes', () => {
    const subnets = Array.from({ length: 17 }, (_, index) => subnet(`subnet-${index}`));
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Many', { vpc, subnets })).toThrow('subnets must have at most 16 elements');
  });

  test('with a subnet twice', () => {
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Twice', { vpc, subnets: [subnet('subnet-a'), Subnet.fromSubnetAttributes(stack, 'again', { subnetId: 'subnet-a', routeTableId: 'rtb-1' })] }))
      .toThrow('subnets must have no element twice, got ["subnet-a","subnet-a"]');
  });

  test('with subnets whose route tables are not known, and no S3 endpoint', () => {
    expect(() => EnvironmentNetwork.fromVpc(stack, 'Routes', {
      vpc, subnets: [Subnet.fromSubnetId(stack, 'bare', 'subnet-b')], workloadSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'group', 'sg-1'),
    })).toThrow('subnets must name their route tables, which lead to a new S3 endpoint, got ["Stack/bare"]. '
      + 'Use Subnet.fromSubnetAttributes with routeTableId or Vpc.fromVpcAttributes with route table ids, or give the VPC\'s own endpoint as endpoints.s3Endpoint');
  });
});

test('what is accepted synthesizes with subnets inside of the range, what is refused names the property', () => {
  const range = (cidr: string) => {
    const [address, mask] = cidr.split('/');
    const first = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
    return [first, first + 2 ** (32 - Number(mask)) - 1];
  };
  fc.assert(fc.property(fc.record({
    address: fc.constantFrom('10.0.0.0', '10.1.2.128', '172.16.64.0', '192.168.7.32'),
    mask: fc.integer({ min: 14, max: 29 }),
    zoneCount: fc.integer({ min: 1, max: 4 }),
    subnetMask: fc.option(fc.integer({ min: 16, max: 28 }), { nil: undefined }),
    count: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    inspects: fc.boolean(),
  }), ({ address, mask, zoneCount, subnetMask, count, inspects }) => {
    const stack = new NetworkStack();
    const cidr = `${address}/${mask}`;
    try {
      const internetAccess = inspects ? InternetAccess.inspected({ allowedDomains: ['pypi.org'], natGateways: count }) : InternetAccess.natGateways(count);
      stack.network({ cidr, zoneCount, subnetMask, enableFlowLogs: false, internetAccess: inspects || count ? internetAccess : undefined });
    } catch (error) {
      expect((error as Error).message).toMatch((count ?? 0) > zoneCount ? /internetAccess\.(count|natGateways) must be at most/ : /^\[Stack\/Network\] cidr must /);
      return;
    }
    const [first, last] = range(cidr);
    const subnets = stack.all('AWS::EC2::Subnet').map(({ CidrBlock }) => range(String(CidrBlock))).sort(([a], [b]) => a - b);
    expect(count ?? 0).toBeLessThanOrEqual(zoneCount);
    expect(subnets).toHaveLength(inspects ? 3 * zoneCount : count ? 2 * zoneCount : zoneCount);
    subnets.forEach(([from, to], index) => {
      expect(from).toBeGreaterThanOrEqual(index === 0 ? first : subnets[index - 1][1] + 1);
      expect(to).toBeLessThanOrEqual(last);
    });
  }), { numRuns: 100, seed: 3 });
});
