import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { NetworkStack } from './fixture';
import { EgressFirewall, EnvironmentNetworkProps, InspectedAccessOptions, InternetAccess } from '../../src/network';

const inspected = (options: Partial<InspectedAccessOptions> = {}, props: EnvironmentNetworkProps = {}) => {
  const stack = new NetworkStack();
  stack.network({ internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org', '.pythonhosted.org'], ...options }), ...props });
  return stack;
};

describe('what passes', () => {
  test('is TLS and HTTP to the allowed domains, in their order of rules', () => {
    inspected().template.hasResourceProperties('AWS::NetworkFirewall::RuleGroup', {
      Type: 'STATEFUL',
      RuleGroup: {
        RulesSource: { RulesSourceList: { GeneratedRulesType: 'ALLOWLIST', TargetTypes: ['TLS_SNI', 'HTTP_HOST'], Targets: ['pypi.org', '.pythonhosted.org'] } },
        StatefulRuleOptions: { RuleOrder: 'STRICT_ORDER' },
      },
    });
  });

  test('is decided by the stateful engine for every packet and fragment, which drops and tells what no rule lets pass', () => {
    inspected().template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
      FirewallPolicy: {
        StatelessDefaultActions: ['aws:forward_to_sfe'],
        StatelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        StatefulEngineOptions: { RuleOrder: 'STRICT_ORDER' },
        StatefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
      },
    });
  });

  test('is nothing without a connection: those rules come first', () => {
    const stack = inspected();
    const [[connectionless, group]] = Object.entries(stack.template.findResources('AWS::NetworkFirewall::RuleGroup', { Properties: { Capacity: 10 } }));
    expect((group.Properties as { RuleGroup: { RulesSource: { RulesString: string } } }).RuleGroup.RulesSource.RulesString.split('\n').map((rule) => rule.split(' (')[0])).toEqual([
      'drop udp $HOME_NET any -> any any', 'drop icmp $HOME_NET any -> any any',
    ]);
    stack.template.hasResourceProperties('AWS::NetworkFirewall::FirewallPolicy', {
      FirewallPolicy: {
        StatefulRuleGroupReferences: [{ Priority: 1, ResourceArn: { 'Fn::GetAtt': [connectionless, 'RuleGroupArn'] } }, { Priority: 2, ResourceArn: Match.anyValue() }],
      },
    });
  });

  test('is the same in all zones', () => {
    const stack = inspected({}, { zoneCount: 3 });
    stack.template.resourceCountIs('AWS::NetworkFirewall::FirewallPolicy', 1);
    expect(new Set(stack.all('AWS::NetworkFirewall::Firewall').map((firewall) => JSON.stringify(firewall.FirewallPolicyArn))).size).toBe(1);
  });

  test('is warned of where it is an API of AWS, which endpoint policies do not see', () => {
    const warned = (name: string) => Annotations.fromStack(inspected({ allowedDomains: [name] }))
      .findWarning('/Stack/Network/Vpc/Egress/Firewall', Match.stringLikeRegexp('past every endpoint policy')).length;
    expect(['.amazonaws.com', 's3.eu-west-1.amazonaws.com', '.amazonaws.com.cn', 'notamazonaws.com', 'aws.amazon.com'].map(warned)).toEqual([1, 1, 1, 0, 0]);
  });
});

describe('logs', () => {
  test('of alerts and flows come from every firewall, encrypted, for a year, and stay', () => {
    const stack = inspected({}, { enableFlowLogs: false });
    const groups = (retention: number) => Object.entries(stack.template.findResources('AWS::Logs::LogGroup', {
      DeletionPolicy: 'RetainExceptOnCreate', Properties: { RetentionInDays: retention, KmsKeyId: Match.anyValue() },
    })).map(([id]) => id);
    const [alerts, flows] = groups(365);
    expect(stack.all('AWS::NetworkFirewall::LoggingConfiguration').map(({ LoggingConfiguration }) => LoggingConfiguration)).toEqual([1, 2].map(() => ({
      LogDestinationConfigs: [['ALERT', alerts], ['FLOW', flows]]
        .map(([LogType, Ref]) => ({ LogType, LogDestinationType: 'CloudWatchLogs', LogDestination: { logGroup: { Ref } } })),
    })));
  });

  test('are delivered for this account only, before they begin', () => {
    const stack = inspected();
    const [[id, policy]] = Object.entries(stack.template.findResources('AWS::Logs::ResourcePolicy'));
    const text = JSON.stringify((policy.Properties as { PolicyDocument: unknown }).PolicyDocument);
    for (const part of ['delivery.logs.amazonaws.com', 'aws:SourceAccount', 'aws:SourceArn']) expect(text).toContain(part);
    stack.template.allResources('AWS::NetworkFirewall::LoggingConfiguration', { DependsOn: [id] });
  });

  test('are kept as asked, with a given key', () => {
    const stack = new NetworkStack();
    const logsKey = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111111111111:key/logs');
    stack.network({ logsKey, enableFlowLogs: false, internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'], logRetention: RetentionDays.ONE_WEEK }) });
    stack.template.resourcePropertiesCountIs('AWS::Logs::LogGroup', { RetentionInDays: 7, KmsKeyId: 'arn:aws:kms:eu-west-1:111111111111:key/logs' }, 2);
    stack.template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('go with their key where both keys to destruction are turned', () => {
    const stack = new NetworkStack({ context: { '@cdk-secure-mlops/destroy-data': true } });
    stack.network({ removalPolicy: RemovalPolicy.DESTROY, internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) });
    for (const type of ['AWS::KMS::Key', 'AWS::Logs::LogGroup']) stack.template.allResources(type, { DeletionPolicy: 'Delete' });
  });
});

describe('protection', () => {
  const flags = (stack: NetworkStack) => stack.all('AWS::NetworkFirewall::Firewall')
    .map((firewall) => ['DeleteProtection', 'FirewallPolicyChangeProtection', 'SubnetChangeProtection'].map((flag) => firewall[flag]));

  test('is off unless asked for, so that the stack can be deleted', () => {
    expect(flags(inspected({}, { zoneCount: 1 }))).toEqual([[false, false, false]]);
  });

  test.each<[Partial<InspectedAccessOptions>, boolean[]]>([
    [{ deleteProtection: true }, [true, false, false]],
    [{ changeProtection: true }, [false, true, true]],
  ])('%j', (options, expected) => {
    expect(flags(inspected(options))).toEqual([expected, expected]);
  });
});

test('names hold the id of the stack, so that one template can be launched twice', () => {
  const stack = inspected({}, { zoneCount: 1 });
  const names = [['Firewall', 'FirewallName'], ['FirewallPolicy', 'FirewallPolicyName'], ['RuleGroup', 'RuleGroupName']]
    .flatMap(([type, name]) => stack.all(`AWS::NetworkFirewall::${type}`).map((properties) => JSON.stringify(properties[name])));
  expect(new Set(names).size).toBe(4);
  expect(names.filter((name) => !name.includes('{"Fn::Select":[2,{"Fn::Split":["/",{"Ref":"AWS::StackId"}]}]}'))).toEqual([]);
});

test('names keep to 128 characters, however deep the firewall is', () => {
  const stack = new Stack(new App(), `Stack${'s'.repeat(100)}`);
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
  const subnet = Subnet.fromSubnetAttributes(stack, 'Subnet', { subnetId: 'subnet-1', availabilityZone: 'a' });
  const { firewalls } = new EgressFirewall(stack, `Firewall${'f'.repeat(100)}`, { vpc, subnets: [subnet], allowedDomains: ['pypi.org'] });
  const name = stack.resolve(firewalls[0].firewallName) as { 'Fn::Join': [string, [string, unknown]] };
  expect(name['Fn::Join'][1][0].length + '-'.length + 36).toBeLessThanOrEqual(128);
  expect(name['Fn::Join'][1][0]).toMatch(/^[a-zA-Z0-9-]+$/);
});

describe('usable alone, in a VPC that exists', () => {
  test('has an endpoint for each subnet, for routes to lead to', () => {
    const stack = new NetworkStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a', 'b'] });
    const subnets = ['a', 'b'].map((zone) => Subnet.fromSubnetAttributes(stack, zone, { subnetId: `subnet-${zone}`, availabilityZone: zone }));
    const firewall = new EgressFirewall(stack, 'Firewall', { vpc, subnets, allowedDomains: ['pypi.org'] });
    expect(stack.all('AWS::NetworkFirewall::Firewall').map(({ SubnetMappings }) => SubnetMappings)).toEqual([[{ SubnetId: 'subnet-a' }], [{ SubnetId: 'subnet-b' }]]);
    expect(firewall.endpointIds).toHaveLength(2);
  });

  test('needs a subnet', () => {
    const stack = new NetworkStack();
    const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'] });
    expect(() => new EgressFirewall(stack, 'Firewall', { vpc, subnets: [], allowedDomains: ['pypi.org'] }))
      .toThrow('[Stack/Firewall] subnets must have at least one element, got []');
  });
});

test('dropped packets of all zones are one metric', () => {
  const stack = new NetworkStack();
  const { egressFirewall } = stack.network({ zoneCount: 2, internetAccess: InternetAccess.inspected({ allowedDomains: ['pypi.org'] }) });
  new Alarm(stack, 'Alarm', { metric: egressFirewall!.metricDroppedPackets(), threshold: 100, evaluationPeriods: 1 });
  stack.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Metrics: Match.arrayWith([
      Match.objectLike({ Expression: 'zone1 + zone2' }),
      Match.objectLike({ Id: 'zone2', MetricStat: Match.objectLike({ Metric: Match.objectLike({ Namespace: 'AWS/NetworkFirewall', MetricName: 'DroppedPackets' }), Stat: 'Sum' }) }),
    ]),
  });
});
