import { RemovalPolicy } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { FlowLogMaxAggregationInterval, FlowLogTrafficType } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { NetworkStack } from './fixture';
import { EnvironmentNames } from '../../src/names';
import { InternetAccess } from '../../src/network';

describe('a new network', () => {
  test('has two zones by index, never by look-up', () => {
    const stack = new NetworkStack({ env: { account: '111111111111', region: 'eu-west-1' } });
    stack.network();
    expect(stack.all('AWS::EC2::Subnet').map((subnet) => subnet.AvailabilityZone)).toEqual([0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
  });

  test.each([1, 2, 3, 4])('has %d zones where as many are asked for', (zoneCount) => {
    const stack = new NetworkStack();
    stack.network({ zoneCount });
    expect(stack.all('AWS::EC2::Subnet')).toHaveLength(zoneCount);
    expect(stack.all('AWS::EC2::RouteTable')).toHaveLength(zoneCount);
  });

  test('takes zones by name', () => {
    const stack = new NetworkStack();
    stack.network({ availabilityZones: ['eu-west-1c', 'eu-west-1a'] });
    expect(stack.all('AWS::EC2::Subnet').map((subnet) => subnet.AvailabilityZone)).toEqual(['eu-west-1c', 'eu-west-1a']);
  });

  test('cuts subnets as large as they are asked for', () => {
    const stack = new NetworkStack();
    stack.network({ cidr: '10.1.0.0/20', subnetMask: 24 });
    expect(stack.all('AWS::EC2::Subnet').map((subnet) => subnet.CidrBlock)).toEqual(['10.1.0.0/24', '10.1.1.0/24']);
  });

  test('has no way to the internet', () => {
    const stack = new NetworkStack();
    stack.network();
    for (const type of ['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route', 'AWS::EC2::EIP']) stack.template.resourceCountIs(type, 0);
  });

  test('sets DHCP options when asked', () => {
    const stack = new NetworkStack();
    stack.network({ dhcpOptions: { domainName: 'example.com', ntpServers: ['10.0.0.9'] } });
    stack.template.hasResourceProperties('AWS::EC2::DHCPOptions', { DomainName: 'example.com', DomainNameServers: ['AmazonProvidedDNS'], NtpServers: ['10.0.0.9'] });
    stack.template.resourceCountIs('AWS::EC2::VPCDHCPOptionsAssociation', 1);
  });

  test('stands twice in a stack', () => {
    const stack = new NetworkStack();
    stack.network({}, 'One');
    stack.network({}, 'Two');
    stack.template.resourceCountIs('AWS::EC2::VPC', 2);
  });
});

describe('internet access by NAT gateways', () => {
  test('brings a public subnet, a gateway and a route in each zone, and no public addresses by themselves', () => {
    const stack = new NetworkStack();
    stack.network({ zoneCount: 3, internetAccess: InternetAccess.natGateways() });
    stack.template.resourceCountIs('AWS::EC2::NatGateway', 3);
    stack.template.resourceCountIs('AWS::EC2::InternetGateway', 1);
    expect(stack.all('AWS::EC2::Subnet')).toHaveLength(6);
    expect(stack.all('AWS::EC2::Subnet').filter((subnet) => subnet.MapPublicIpOnLaunch !== false)).toEqual([]);
  });

  test('can do with one gateway', () => {
    const stack = new NetworkStack();
    stack.network({ zoneCount: 3, internetAccess: InternetAccess.natGateways(1) });
    stack.template.resourceCountIs('AWS::EC2::NatGateway', 1);
  });

  test('leaves workloads out of the public subnets', () => {
    const stack = new NetworkStack();
    const network = stack.network({ internetAccess: InternetAccess.natGateways() });
    expect(network.subnets.map((subnet) => subnet.node.id)).toEqual(['WorkloadsSubnet1', 'WorkloadsSubnet2']);
  });
});

describe('security groups', () => {
  test('endpoints let in workloads on port 443 and nobody else, not even the VPC', () => {
    const stack = new NetworkStack();
    stack.network();
    expect(stack.all('AWS::EC2::SecurityGroupIngress').filter((rule) => rule.IpProtocol === 'tcp')).toEqual([
      expect.objectContaining({ FromPort: 443, ToPort: 443, Description: 'TLS from workloads', SourceSecurityGroupId: expect.anything() as unknown }),
    ]);
    expect(stack.all('AWS::EC2::SecurityGroup').filter((group) => group.SecurityGroupIngress !== undefined)).toEqual([]);
  });

  test('endpoints have no way out', () => {
    const stack = new NetworkStack();
    stack.network();
    stack.template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Private endpoints, for workloads only',
      // EC2 lets a group without rules out everywhere; this one is a rule that nothing fits.
      SecurityGroupEgress: [{ CidrIp: '255.255.255.255/32', Description: 'Disallow all traffic', FromPort: 252, ToPort: 86, IpProtocol: 'icmp' }],
    });
    const [[group]] = Object.entries(stack.template.findResources('AWS::EC2::SecurityGroup', { Properties: { GroupDescription: 'Private endpoints, for workloads only' } }));
    expect(stack.all('AWS::EC2::SecurityGroupEgress').filter((rule) => JSON.stringify(rule.GroupId).includes(group))).toEqual([]);
  });

  test('the default group is closed by a handler that may revoke the rules of this group only', () => {
    const stack = new NetworkStack();
    stack.network();
    const group = { 'Fn::GetAtt': [Match.stringLikeRegexp('Vpc'), 'DefaultSecurityGroup'] };
    stack.template.hasResourceProperties('Custom::ClosedDefaultSecurityGroup', { GroupId: group });
    stack.template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
          Resource: { 'Fn::Join': ['', Match.arrayWith([group])] },
        })]),
      },
    });
  });
});

describe('flow logs', () => {
  test('record all traffic for a year in an encrypted group that is kept', () => {
    const stack = new NetworkStack();
    stack.network();
    stack.template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', MaxAggregationInterval: 600, LogDestinationType: 'cloud-watch-logs' });
    stack.template.hasResource('AWS::Logs::LogGroup', { DeletionPolicy: 'RetainExceptOnCreate', Properties: { RetentionInDays: 365, KmsKeyId: Match.anyValue() } });
  });

  test('are kept as asked', () => {
    const stack = new NetworkStack();
    stack.network({ flowLogs: { trafficType: FlowLogTrafficType.REJECT, retention: RetentionDays.ONE_WEEK, maxAggregationInterval: FlowLogMaxAggregationInterval.ONE_MINUTE, format: '${srcaddr}' } });
    stack.template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'REJECT', MaxAggregationInterval: 60, LogFormat: '${srcaddr}' });
    stack.template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 7 });
  });

  test('come from this account only', () => {
    const stack = new NetworkStack();
    stack.network();
    stack.template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [Match.objectLike({
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
            ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', Match.arrayWith([':vpc-flow-log/*'])] } },
          },
        })],
      },
    });
  });

  test('go with their key where both keys to destruction are turned', () => {
    const stack = new NetworkStack({ context: { '@cdk-secure-mlops/destroy-data': true } });
    stack.network({ removalPolicy: RemovalPolicy.DESTROY });
    stack.template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    stack.template.allResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' });
  });

  test('can be left to others', () => {
    const stack = new NetworkStack();
    stack.network({ enableFlowLogs: false });
    stack.template.resourceCountIs('AWS::EC2::FlowLog', 0);
  });
});

test('roles are made as the registry says', () => {
  const stack = new NetworkStack();
  const permissionsBoundary = ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess');
  stack.network({ names: EnvironmentNames.forStack(stack, 'churn', { path: '/ml/', permissionsBoundary }) });
  stack.template.allResourcesProperties('AWS::IAM::Role', { RoleName: Match.anyValue(), Path: '/ml/', PermissionsBoundary: Match.anyValue() });
});

test('EnvironmentNames knows the options of roles, so that nobody gives others', () => {
  const stack = new NetworkStack();
  expect(() => stack.network({ names: EnvironmentNames.forStack(stack, 'churn'), roleOptions: { path: '/ml/' } }))
    .toThrow('roleOptions must not be given together with names, got {"path":"/ml/"}. The names already carry them: pass them to EnvironmentNames.forStack');
});

test('every role takes a path and a permissions boundary', () => {
  const stack = new NetworkStack();
  stack.network({ roleOptions: { path: '/ml/', permissionsBoundary: ManagedPolicy.fromAwsManagedPolicyName('PowerUserAccess') } });
  stack.template.allResourcesProperties('AWS::IAM::Role', { Path: '/ml/', PermissionsBoundary: Match.anyValue() });
});
