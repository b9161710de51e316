import { App, CfnParameter, Duration, Fn, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Port, SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  DeploymentStage, EndpointUpdate, ModelContainer, ModelNetwork, ModelVariant, RequestRouting, SecureModelEndpoint,
  SecureModelEndpointProps, TrafficShifting,
} from '../../src';
import { ModelEndpointTemplate } from '../../src/endpoints/model-endpoint-template';
import { knownByName } from '../targets/fixture';

const MODEL: ModelVariant = { containers: [{ image: 'image' }], instanceType: 'ml.m5.large' };

interface Updated { readonly DeploymentConfig: { readonly BlueGreenUpdatePolicy: { readonly TrafficRoutingConfiguration: object } } }

/** Somebody's own app. */
class OwnApp {
  readonly stack = new Stack(new App({ analyticsReporting: false }), 'Models');
  readonly vpc = new Vpc(this.stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
  readonly group = new SecurityGroup(this.stack, 'Group', { vpc: this.vpc });
  readonly key = new Key(this.stack, 'Key');
  readonly role = new Role(this.stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });

  endpoint(props: Partial<SecureModelEndpointProps> = {}): SecureModelEndpoint {
    const network = ModelNetwork.fromVpc({ vpc: this.vpc, securityGroups: [this.group] });
    return new SecureModelEndpoint(this.stack, 'Churn', { endpointName: 'Churn', variants: [MODEL], executionRole: this.role, modelNetwork: network, volumeKey: this.key, ...props });
  }

  variant(options: Partial<ModelVariant>): SecureModelEndpoint {
    return this.endpoint({ variants: [{ ...MODEL, ...options }] });
  }

  type(id: string): string {
    return new CfnParameter(this.stack, id).valueAsString;
  }

  get template(): Template {
    return Template.fromStack(this.stack);
  }

  get volumeKeyId(): unknown {
    return Object.values(this.template.findResources('AWS::SageMaker::EndpointConfig'))[0].Properties.KmsKeyId;
  }
}

const made = (options: Partial<ModelVariant>) => {
  const own = new OwnApp();
  own.variant(options);
  return own.template;
};
const container = (options: Partial<ModelContainer>): Partial<ModelVariant> => ({ containers: [{ image: 'image', ...options }] });

describe('a model of files that are not compressed', () => {
  const source = (uri: string) => ({ S3DataSource: { S3Uri: uri, CompressionType: 'None' } });

  test('is everything below a prefix', () => {
    made(container({ uncompressedModelData: 's3://models/llm/' })).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { ModelDataUrl: Match.absent(), ModelDataSource: { S3DataSource: { ...source('s3://models/llm/').S3DataSource, S3DataType: 'S3Prefix' } } },
    });
  });

  test('is one file', () => {
    made(container({ uncompressedModelData: 's3://models/model.onnx' })).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { ModelDataSource: { S3DataSource: { S3DataType: 'S3Object' } } },
    });
  });

  test('may be in a bucket whose name is not known yet', () => {
    made(container({ uncompressedModelData: `s3://${Fn.importValue('Bucket')}/llm/` })).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { ModelDataSource: { S3DataSource: { S3DataType: 'S3Prefix' } } },
    });
  });
});

test('requests go to the instance on which the fewest wait', () => {
  made({ requestRouting: RequestRouting.LEAST_OUTSTANDING_REQUESTS }).hasResourceProperties('AWS::SageMaker::EndpointConfig', {
    ProductionVariants: [Match.objectLike({ RoutingConfig: { RoutingStrategy: 'LEAST_OUTSTANDING_REQUESTS' } })],
  });
});

test('a caller\'s mistakes alarm, and roll nothing back', () => {
  const own = new OwnApp();
  const { rollbackAlarms, notificationAlarms, endpointName } = own.endpoint({ alarms: { clientErrorPercentage: 25 } });
  own.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Threshold: 25,
    Metrics: Match.arrayWith([Match.objectLike({
      MetricStat: Match.objectLike({ Metric: Match.objectLike({ MetricName: 'Invocation4XXErrors', Dimensions: Match.arrayWith([{ Name: 'EndpointName', Value: endpointName }]) }) }),
    })]),
  });
  expect(rollbackAlarms.map(({ node }) => node.id)).toEqual(['AllTrafficErrors', 'AllTrafficLatency']);
  expect(notificationAlarms.map(({ node }) => node.id)).toContain('AllTrafficRefusals');
});

test('an update keeps what scaling made of the instances, and takes the weights of the template', () => {
  made({ scaling: { maxInstanceCount: 4 } }).hasResourceProperties('AWS::SageMaker::Endpoint', {
    RetainAllVariantProperties: true, ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredWeight' }],
  });
  made({}).hasResourceProperties('AWS::SageMaker::Endpoint', { ExcludeRetainedVariantProperties: Match.absent() });
});

describe('ARNs', () => {
  test('are as SageMaker writes them', () => {
    const own = new OwnApp();
    expect(own.stack.resolve(own.endpoint().endpointArn)).toEqual({ Ref: 'ChurnC60F44B2' });
  });

  test('of an endpoint elsewhere are in lower case', () => {
    const { stack } = new OwnApp();
    expect(JSON.stringify(stack.resolve(SecureModelEndpoint.fromEndpointName(stack, 'Elsewhere', 'Churn').endpointArn))).toContain(':endpoint/churn"');
  });
});

test('dashboards of two regions do not meet: they have no region themselves', () => {
  made({}).hasResourceProperties('AWS::CloudWatch::Dashboard', { DashboardName: { 'Fn::Join': ['', ['Churn-', { Ref: 'AWS::Region' }]] } });
});

describe('metrics', () => {
  const endpoint = new OwnApp().endpoint();
  const [first] = endpoint.variantNames;

  test('are those of the first variant, with the statistic that tells something', () => {
    const dimensions = { EndpointName: endpoint.endpointName, VariantName: first };
    expect(endpoint.metricInvocation4XXErrors()).toMatchObject({ metricName: 'Invocation4XXErrors', statistic: 'Sum', dimensions });
    expect(endpoint.metricModelLatency()).toMatchObject({ metricName: 'ModelLatency', statistic: 'p95', namespace: 'AWS/SageMaker', dimensions });
    expect(endpoint.metricMemoryUtilization()).toMatchObject({ metricName: 'MemoryUtilization', statistic: 'Average', namespace: '/aws/sagemaker/Endpoints' });
  });

  test('take the options of every metric', () => {
    expect(endpoint.metricModelLatency({ statistic: 'p50', period: Duration.hours(1) })).toMatchObject({ statistic: 'p50', period: Duration.hours(1) });
  });

  test('are refused for a variant that the endpoint has not', () => {
    expect(() => endpoint.metricInvocations({ variantName: 'Blue' })).toThrow(`variantName must be a variant of the endpoint: ${first}`);
  });
});

describe('connections', () => {
  test('are those of the security groups', () => {
    const own = new OwnApp();
    own.endpoint().connections.allowTo(new SecurityGroup(own.stack, 'Endpoints', { vpc: own.vpc }), Port.tcp(443), 'S3');
    own.template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { SourceSecurityGroupId: own.stack.resolve(own.group.securityGroupId) });
  });

  test('are not ours to change where groups are known by ids only', () => {
    const endpoint = new OwnApp().endpoint({ modelNetwork: ModelNetwork.fromAttributes({ subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] }) });
    expect(() => endpoint.connections).toThrow('[Models/Churn] network must be ModelNetwork.fromVpc() for its connections to be changed');
  });
});

describe('volumes', () => {
  test.each(['ml.m6gd.large', 'ml.c6gd.large', 'ml.r6gd.large', 'ml.g7e.2xlarge', 'ml.p6-b200.48xlarge', 'ml.dl1.24xlarge'])('of %s take no key', (instanceType) => {
    const own = new OwnApp();
    own.variant({ instanceType });
    expect(own.volumeKeyId).toBeUndefined();
  });

  test('of types with and without local storage are refused together, rather than left without a key', () => {
    const variants = [{ ...MODEL, variantName: 'a' }, { ...MODEL, variantName: 'b', instanceType: 'ml.g5.xlarge' }];
    expect(() => new OwnApp().endpoint({ variants })).toThrow(
      '[Models/Churn] variants.b.instanceType must have no local storage, like ml.m5.large of a, got "ml.g5.xlarge". SageMaker takes no volume key where any type has local storage');
    expect(() => new OwnApp().endpoint({ shadowVariant: { ...variants[1], variantName: 'shadow' } })).toThrow('variants.shadow.instanceType must have no local storage');
  });

  test('of two parameters take none only if both turn out to be local', () => {
    const own = new OwnApp();
    const possibleInstanceTypes = ['ml.m5.large', 'ml.g5.xlarge'];
    own.endpoint({ variants: ['a', 'b'].map((variantName) => ({ ...MODEL, variantName, instanceType: own.type(variantName), possibleInstanceTypes })) });
    own.template.hasCondition('*', { 'Fn::And': [{ 'Fn::Equals': [{ Ref: 'a' }, 'ml.g5.xlarge'] }, { 'Fn::Equals': [{ Ref: 'b' }, 'ml.g5.xlarge'] }] });
  });

  test('of a parameter beside a type without local storage take the key', () => {
    const own = new OwnApp();
    own.endpoint({ variants: [{ ...MODEL, variantName: 'a' }, { ...MODEL, variantName: 'b', instanceType: own.type('Type'), possibleInstanceTypes: ['ml.g5.xlarge'] }] });
    expect(own.volumeKeyId).toEqual(own.stack.resolve(own.key.keyArn));
  });
});

describe('a variant that may have a single instance, of which SageMaker could move no half', () => {
  const routing = (options: Partial<ModelVariant>) => {
    const own = new OwnApp();
    own.variant(options);
    const [endpoint] = Object.values(own.template.findResources('AWS::SageMaker::Endpoint'));
    return (endpoint.Properties as Updated).DeploymentConfig.BlueGreenUpdatePolicy.TrafficRoutingConfiguration;
  };

  test.each<[string, Partial<ModelVariant>]>([
    ['from the beginning', { instanceCount: 1 }],
    ['when it scales in', { instanceCount: 2, scaling: { minInstanceCount: 1, maxInstanceCount: 4 } }],
  ])('%s goes over at once', (_, options) => expect(routing(options)).toEqual({ Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 600 }));

  test.each<[string, Partial<ModelVariant>]>([
    ['two instances', { instanceCount: 2 }],
    ['two at the least', { instanceCount: 2, scaling: { maxInstanceCount: 4 } }],
    ['a number that is a parameter', { instanceCount: Token.asNumber({ Ref: 'Count' }) }],
  ])('is told from one with %s', (_, options) => expect(routing(options)).toMatchObject({ Type: 'CANARY', CanarySize: { Type: 'CAPACITY_PERCENT', Value: 10 } }));

  test.each([
    ['CANARY', EndpointUpdate.blueGreen()],
    ['LINEAR', EndpointUpdate.blueGreen({ trafficShifting: TrafficShifting.linear() })],
    ['ROLLING', EndpointUpdate.rolling()],
  ])('is refused %s', (how, update) => {
    expect(() => new OwnApp().endpoint({ variants: [{ ...MODEL, instanceCount: 1 }], update })).toThrow(
      `[Models/Churn] update must move everything at once where a variant may have a single instance, as AllTraffic may, got "${how}". `
      + 'SageMaker moves at most half of a variant at a time: use TrafficShifting.allAtOnce, or two instances');
  });

  test('that only sees copies of requests goes over at once as well, unless it is said otherwise', () => {
    const shadowVariant = { ...MODEL, variantName: 'shadow', instanceCount: 1 };
    const own = new OwnApp();
    own.endpoint({ shadowVariant });
    own.template.hasResourceProperties('AWS::SageMaker::Endpoint', {
      DeploymentConfig: Match.objectLike({ BlueGreenUpdatePolicy: Match.objectLike({ TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 600 } }) }),
    });
    expect(() => new OwnApp().endpoint({ shadowVariant, update: EndpointUpdate.blueGreen() })).not.toThrow();
  });

  describe('in a stage whose template is the environment\'s', () => {
    const policyOf = (update: EndpointUpdate, minInstanceCount: number) => {
      const app = new App({ analyticsReporting: false }), stack = new Stack(app, 'Parent');
      const stage = DeploymentStage.accounts('staging', { accounts: ['222222222222'], endpointCapacity: { minInstanceCount } });
      const { templateBody } = new ModelEndpointTemplate(stack, 'Template', { names: knownByName(app).names, stage, update });
      const { Resources } = JSON.parse(stack.resolve(templateBody) as string) as { Resources: Record<string, { Type: string; Properties: Updated }> };
      return Object.values(Resources).find(({ Type }) => Type === 'AWS::SageMaker::Endpoint')!.Properties.DeploymentConfig;
    };
    const trafficShifting = TrafficShifting.linear({ waitInterval: Duration.minutes(9) });
    const linear = EndpointUpdate.blueGreen({ trafficShifting, terminationWait: Duration.minutes(1) });

    test('goes over at once, watched as long as a step', () => {
      expect(policyOf(linear, 1)).toMatchObject({
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 540 },
          TerminationWaitInSeconds: 60,
          MaximumExecutionTimeoutInSeconds: 7200,
        },
      });
      expect(policyOf(EndpointUpdate.rolling(), 1)).toMatchObject({
        BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 300 }, TerminationWaitInSeconds: 0 },
      });
    });

    test('goes over in steps in a stage of more', () => {
      expect(policyOf(linear, 2)).toMatchObject({ BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'LINEAR' } } });
    });
  });

  test('goes over at once when that is said', () => {
    const update = EndpointUpdate.blueGreen({ trafficShifting: TrafficShifting.allAtOnce(Duration.minutes(1)) });
    expect(() => new OwnApp().endpoint({ variants: [{ ...MODEL, instanceCount: 1 }], update })).not.toThrow();
  });
});

describe('refused', () => {
  test.each<[string, Partial<ModelVariant>, string]>([
    ['an archive and files', container({ modelDataUrl: 's3://a/b.tar.gz', uncompressedModelData: 's3://a/b/' }), 'variants.AllTraffic.uncompressedModelData must not be given together with modelDataUrl'],
    ['files that are nowhere', container({ uncompressedModelData: 's3://models' }), 'variants.AllTraffic.uncompressedModelData must be an S3 URI, such as s3://bucket/forecast/model.tar.gz, got "s3://models"'],
    ['files of which nothing is known', container({ uncompressedModelData: Fn.importValue('Files') }), 'variants.AllTraffic.uncompressedModelData must end in a text that is known at synth'],
    ['a variable that begins with a digit', container({ environmentVariables: { '1ST': 'x' } }), 'variants.AllTraffic.environmentVariables must have names of letters, digits and underscores'],
    ['a value that is too long', container({ environmentVariables: { A: 'x'.repeat(1025) } }), 'variants.AllTraffic.environmentVariables must have values of at most 1024 characters'],
    ['a name for one container of two', { containers: [{ image: 'a', containerHostname: 'a' }, { image: 'b' }] }, 'variants.AllTraffic.containerHostname must be given for every container or for none, got ["a"]'],
    ['two containers of one name', { containers: [{ image: 'a', containerHostname: 'a' }, { image: 'b', containerHostname: 'a' }] }, 'variants.AllTraffic.containerHostname must have no element twice'],
    ['fewer instances than scaling keeps', { scaling: { minInstanceCount: 3, maxInstanceCount: 4 } }, 'variants.AllTraffic.instanceCount must be between the fewest and the most instances of scaling, got 2'],
    ['inf1 among the types that a parameter may be', { instanceType: Fn.ref('Type'), possibleInstanceTypes: ['ml.m5.large', 'ml.inf1.xlarge'] }, 'variants.AllTraffic.instanceType must not be of the family inf1, got ["ml.inf1.xlarge"]'],
    ['scaling of burstable instances that a parameter may choose', { instanceType: Fn.ref('Type'), possibleInstanceTypes: ['ml.t2.medium'], scaling: { maxInstanceCount: 4 } }, 'variants.AllTraffic.scaling must not be given for burstable instances, got ["ml.t2.medium"]'],
    ['a volume for a local type that a parameter may choose', { instanceType: Fn.ref('Type'), possibleInstanceTypes: ['ml.m5.large', 'ml.g5.xlarge'], volumeSize: Size.gibibytes(30) }, 'variants.AllTraffic.volumeSize must not be given for an instance type with local storage, got "30 GiB". ml.g5.xlarge has a disk of its own'],
    ['a cool-down of two hours', { scaling: { maxInstanceCount: 4, scaleInCooldown: Duration.hours(2) } }, 'variants.AllTraffic.scaling.scaleInCooldown must be between 0 and 3600 whole seconds, got "2 hours"'],
  ])('%s', (_, options, message) => expect(() => new OwnApp().variant(options)).toThrow(message));

  test('a content type that is none', () => {
    const own = new OwnApp();
    expect(() => own.endpoint({ dataCapture: { bucketName: 'capture', encryptionKey: own.key, csvContentTypes: ['csv'] } })).toThrow(
      '[Models/Churn] dataCapture.csvContentTypes must be content types such as text/csv, got ["csv"]');
  });

  test('a latency of which nothing is known: CloudFormation does not multiply', () => {
    expect(() => new OwnApp().endpoint({ alarms: { p99Latency: Duration.seconds(Token.asNumber({ Ref: 'Seconds' })) } })).toThrow(
      '[Models/Churn/Alarms] alarms.p99Latency must be known at synth');
  });

  test('more than 100 percent of refusals', () => {
    expect(() => new OwnApp().endpoint({ alarms: { clientErrorPercentage: 101 } })).toThrow('alarms.clientErrorPercentage must be between 0 and 100, got 101');
  });

  test.each([
    [TrafficShifting.allAtOnce(Duration.minutes(5)), 10], [TrafficShifting.canary({ waitInterval: Duration.minutes(5) }), 15],
    [TrafficShifting.linear({ percentage: 30, waitInterval: Duration.minutes(5) }), 25],
  ])('an update that waits longer than it may take: %#', (trafficShifting, minutes) => {
    const within = (time: number) => EndpointUpdate.blueGreen({
      trafficShifting, terminationWait: Duration.minutes(5), maximumExecutionTime: Duration.minutes(time),
    });
    expect(() => within(minutes)).toThrow(`[EndpointUpdate] maximumExecutionTime must be more than what the update waits by itself, ${minutes * 60} seconds`);
    expect(() => within(minutes + 1)).not.toThrow();
  });
});
