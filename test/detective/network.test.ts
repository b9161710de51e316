import { Match, Template } from 'aws-cdk-lib/assertions';
import { matches } from './filter-pattern';
import { controls, patternsOf, stackOf } from './fixture';
import { DataScienceEnvironment, DetectiveControls, DetectiveControlsProps, EnvironmentNetwork } from '../../src';

function watched(props: Partial<DetectiveControlsProps> = {}, network?: EnvironmentNetwork, stack = stackOf()): Template {
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', network });
  new DetectiveControls(stack, 'Controls', { environment, ...props });
  return Template.fromStack(stack);
}

const template = watched();
const patterns = patternsOf(template);

describe('rejected traffic', () => {
  test('is counted in the flow logs of the environment', () => {
    expect(patterns.RejectedTraffic).toBe(
      '[version, account, interface, source, destination, sourcePort, destinationPort, protocol, packets, bytes, start, end, action = "REJECT", status]',
    );
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'RejectedTraffic', Threshold: 100 });
  });

  test('is not, where flow logs have a format of their own', () => {
    const stack = stackOf();
    const network = new EnvironmentNetwork(stack, 'Network', { flowLogs: { format: '${version} ${action}' } });
    expect(Object.keys(patternsOf(watched({}, network, stack)))).not.toContain('RejectedTraffic');
  });
});

describe('names that workloads ask for', () => {
  const asked = (name: string) => matches(patterns.UnexpectedNames, { version: '1.100000', query_name: name, query_type: 'A', rcode: 'NOERROR' });

  test.each(['c2FsZXM.exfiltration.example.com.', 'amazonaws.com.example.com.', 'github.com.'])('%s counts', (name) => {
    expect(asked(name)).toBe(true);
  });

  test.each(['s3.eu-west-1.amazonaws.com.', 'api.sagemaker.eu-west-1.amazonaws.com.', 'studio.eu-west-1.sagemaker.aws.', 'ip-10-0-0-1.eu-west-1.compute.internal.', '1.0.0.10.in-addr.arpa.'])('%s does not', (name) => {
    expect(asked(name)).toBe(false);
  });

  test('are logged of the environment\'s VPC, by AWS\'s delivery for this account', () => {
    template.hasResourceProperties('AWS::Route53Resolver::ResolverQueryLoggingConfigAssociation', { ResourceId: { Ref: Match.stringLikeRegexp('ChurnNetworkVpc') } });
    template.hasResourceProperties('AWS::Logs::ResourcePolicy', { PolicyDocument: Match.anyValue() });
  });

  test('are not logged where that is switched off', () => {
    watched({ resolverQueryLogging: false }).resourceCountIs('AWS::Route53Resolver::ResolverQueryLoggingConfig', 0);
  });
});

test.each([
  [{ rejectedTrafficAlarm: true }, 'rejectedTrafficAlarm must not be true where the flow logs are not known, got true'],
  [{ resolverQueryLogging: true }, 'resolverQueryLogging must not be true where the VPC is not known, got true'],
])('of an environment that is known by its names, %s is refused', (props, message) => {
  expect(() => controls(props)).toThrow(message);
});
