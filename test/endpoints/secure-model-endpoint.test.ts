import { App, Aws, CfnParameter, Duration, Size, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { EndpointUpdate, ModelNetwork, ModelVariant, SecureModelEndpoint, SecureModelEndpointProps, TrafficShifting } from '../../src';

const IMAGE = '111111111111.dkr.ecr.eu-west-1.amazonaws.com/churn@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
const MODEL: ModelVariant = { containers: [{ image: IMAGE, modelDataUrl: 's3://models/churn/model.tar.gz' }], instanceType: 'ml.m5.large' };

/** An endpoint in somebody's own app, without any environment. */
function endpoint(props: Partial<SecureModelEndpointProps> | ((stack: Stack) => Partial<SecureModelEndpointProps>) = {}) {
  const stack = new Stack(new App({ analyticsReporting: false }), 'Models');
  const vpc = new Vpc(stack, 'Vpc', { natGateways: 0, restrictDefaultSecurityGroup: false });
  return {
    stack,
    endpoint: new SecureModelEndpoint(stack, 'Churn', {
      endpointName: 'churn',
      variants: [MODEL],
      executionRole: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') }),
      modelNetwork: ModelNetwork.fromVpc({ vpc, securityGroups: [new SecurityGroup(stack, 'Group', { vpc })] }),
      volumeKey: new Key(stack, 'Key'),
      ...(typeof props === 'function' ? props(stack) : props),
    }),
  };
}

const templateOf = (...args: Parameters<typeof endpoint>) => Template.fromStack(endpoint(...args).stack);

describe('an endpoint', () => {
  const template = templateOf();

  test('runs its model in the VPC, cut off from every network', () => {
    template.hasResourceProperties('AWS::SageMaker::Model', {
      EnableNetworkIsolation: true,
      VpcConfig: { Subnets: Match.anyValue(), SecurityGroupIds: Match.anyValue() },
      PrimaryContainer: { Image: IMAGE, ModelDataUrl: 's3://models/churn/model.tar.gz' },
    });
  });

  test('has two instances with encrypted volumes', () => {
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('Key'), 'Arn'] },
      ProductionVariants: [{ VariantName: 'AllTraffic', InstanceType: 'ml.m5.large', InitialInstanceCount: 2, InitialVariantWeight: 1 }],
    });
  });

  test('leaves the names of what CloudFormation replaces to CloudFormation', () => {
    template.hasResourceProperties('AWS::SageMaker::Model', { ModelName: Match.absent() });
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', { EndpointConfigName: Match.absent() });
    template.hasResourceProperties('AWS::SageMaker::Endpoint', { EndpointName: 'churn' });
  });

  test('is updated by a canary, and rolled back by the alarms about errors and latency', () => {
    template.hasResourceProperties('AWS::SageMaker::Endpoint', {
      DeploymentConfig: {
        BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: { Type: 'CANARY', CanarySize: { Type: 'CAPACITY_PERCENT', Value: 10 }, WaitIntervalInSeconds: 600 } },
        AutoRollbackConfiguration: {
          Alarms: [
            { AlarmName: { Ref: Match.stringLikeRegexp('AlarmsAllTrafficErrors') } },
            { AlarmName: { Ref: Match.stringLikeRegexp('AlarmsAllTrafficLatency') } },
          ],
        },
      },
    });
  });

  test('is watched under its name, so that alarms do not wait for it', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'ModelLatency',
      Threshold: 5_000_000,
      Dimensions: [{ Name: 'EndpointName', Value: 'churn' }, { Name: 'VariantName', Value: 'AllTraffic' }],
    });
  });

  test('needs no function, no custom resource and no asset', () => {
    const types = Object.values(template.toJSON().Resources as Record<string, { Type: string }>).map(({ Type }) => Type);
    expect(types.filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
  });

  test('is named after its construct where no name is given', () => {
    templateOf({ endpointName: undefined }).hasResourceProperties('AWS::SageMaker::Endpoint', { EndpointName: Match.stringLikeRegexp('^Models-Churn') });
  });

  test('lets somebody send requests, and nothing else', () => {
    const { stack, endpoint: churn } = endpoint();
    churn.grantInvoke(new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Action: ['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointWithResponseStream'] })] },
    });
  });
});

describe('options', () => {
  test('an instance type with local storage takes no volume key', () => {
    templateOf({ variants: [{ ...MODEL, instanceType: 'ml.g5.xlarge' }] }).hasResourceProperties('AWS::SageMaker::EndpointConfig', { KmsKeyId: Match.absent() });
  });

  test('where the type is a parameter, the template itself leaves the key out', () => {
    const template = templateOf((stack) => ({
      variants: [{ ...MODEL, instanceType: new CfnParameter(stack, 'Type').valueAsString, possibleInstanceTypes: ['ml.m5.large', 'ml.g5.xlarge'] }],
    }));
    template.hasCondition('*', { 'Fn::Equals': [{ Ref: 'Type' }, 'ml.g5.xlarge'] });
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      KmsKeyId: { 'Fn::If': [Match.stringLikeRegexp('HasLocalStorage'), { Ref: 'AWS::NoValue' }, Match.anyValue()] },
    });
  });

  test('the number of instances follows the load, and outlives an update', () => {
    const template = templateOf({ variants: [{ ...MODEL, scaling: { maxInstanceCount: 8, invocationsPerInstance: 500 } }] });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalableTarget', {
      ResourceId: 'endpoint/churn/variant/AllTraffic', ScalableDimension: 'sagemaker:variant:DesiredInstanceCount', MinCapacity: 2, MaxCapacity: 8,
    });
    template.hasResourceProperties('AWS::ApplicationAutoScaling::ScalingPolicy', {
      TargetTrackingScalingPolicyConfiguration: Match.objectLike({ TargetValue: 500, PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' } }),
    });
    template.hasResourceProperties('AWS::SageMaker::Endpoint', { RetainAllVariantProperties: true });
  });

  test('requests and answers are captured under the endpoint\'s name, encrypted', () => {
    templateOf((stack) => ({ dataCapture: { bucketName: 'capture', encryptionKey: new Key(stack, 'CaptureKey'), percentage: 20 } }))
      .hasResourceProperties('AWS::SageMaker::EndpointConfig', {
        DataCaptureConfig: {
          DestinationS3Uri: 's3://capture/churn/',
          InitialSamplingPercentage: 20,
          CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
          KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('CaptureKey'), 'Arn'] },
        },
      });
  });

  test('two variants share the requests by their weights', () => {
    templateOf({ variants: [{ ...MODEL, variantName: 'old', weight: 9 }, { ...MODEL, variantName: 'new', weight: 1 }] })
      .hasResourceProperties('AWS::SageMaker::EndpointConfig', {
        ProductionVariants: [Match.objectLike({ VariantName: 'old', InitialVariantWeight: 9 }), Match.objectLike({ VariantName: 'new', InitialVariantWeight: 1 })],
      });
  });

  test('a shadow variant sees the requests of the other one', () => {
    templateOf({ shadowVariant: { ...MODEL, variantName: 'shadow' } })
      .hasResourceProperties('AWS::SageMaker::EndpointConfig', { ShadowProductionVariants: [Match.objectLike({ VariantName: 'shadow' })] });
  });

  test('containers in a row pass their answers on', () => {
    templateOf({ variants: [{ ...MODEL, containers: [{ image: IMAGE }, { image: IMAGE }] }] })
      .hasResourceProperties('AWS::SageMaker::Model', { Containers: [{ Image: IMAGE }, { Image: IMAGE }], InferenceExecutionConfig: { Mode: 'Serial' } });
  });

  test('a rolling update replaces batch by batch', () => {
    templateOf({ update: EndpointUpdate.rolling({ batchPercentage: 50, waitInterval: Duration.minutes(1) }) })
      .hasResourceProperties('AWS::SageMaker::Endpoint', {
        DeploymentConfig: Match.objectLike({ RollingUpdatePolicy: Match.objectLike({ MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 50 }, WaitIntervalInSeconds: 60 }) }),
      });
  });

  test.each([
    ['ALL_AT_ONCE', TrafficShifting.allAtOnce(Duration.seconds(0)), { WaitIntervalInSeconds: 0 }],
    ['LINEAR', TrafficShifting.linear({ percentage: 50 }), { LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 50 }, WaitIntervalInSeconds: 300 }],
  ])('traffic shifts %s', (Type, trafficShifting, more) => {
    templateOf({ update: EndpointUpdate.blueGreen({ trafficShifting }) }).hasResourceProperties('AWS::SageMaker::Endpoint', {
      DeploymentConfig: Match.objectLike({ BlueGreenUpdatePolicy: Match.objectLike({ TrafficRoutingConfiguration: { Type, ...more } }) }),
    });
  });

  test('alarms tell a topic', () => {
    const template = templateOf((stack) => ({ alarms: { notificationTopic: new Topic(stack, 'Topic') } }));
    template.allResourcesProperties('AWS::CloudWatch::Alarm', { AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }], OKActions: [{ Ref: Match.stringLikeRegexp('Topic') }] });
  });
});

describe('bad input is refused', () => {
  test.each<[string, Partial<SecureModelEndpointProps>, string]>([
    ['a name with a leading hyphen', { endpointName: '-churn' }, 'endpointName must be 1–63 letters, digits and hyphens'],
    ['no variant', { variants: [] }, 'variants must have at least one element'],
    ['two variants of one name', { variants: [MODEL, MODEL] }, 'variants must have no element twice, got ["AllTraffic","AllTraffic"]'],
    ['variants that get nothing', { variants: [{ ...MODEL, weight: 0 }] }, 'variants must have a weight above 0 among them'],
    ['a shadow beside two', { variants: [{ ...MODEL, variantName: 'a' }, { ...MODEL, variantName: 'b' }], shadowVariant: { ...MODEL, variantName: 's' } }, 'shadowVariant must be beside a single variant, got 2'],
    ['rolling with several variants', { variants: [{ ...MODEL, variantName: 'a' }, { ...MODEL, variantName: 'b' }], update: EndpointUpdate.rolling() }, 'SageMaker rolls endpoints of one variant only'],
    ['serverless', { variants: [{ ...MODEL, instanceType: 'serverless' }] }, 'Serverless endpoints have no VPC, no network isolation and no data capture'],
    ['inf1', { variants: [{ ...MODEL, instanceType: 'ml.inf1.xlarge' }] }, 'variants.AllTraffic.instanceType must not be of the family inf1'],
    ['an unknown type without alternatives', { variants: [{ ...MODEL, instanceType: Aws.STACK_NAME }] }, 'variants.AllTraffic.possibleInstanceTypes must be given where the instance type is not known at synth, got nothing'],
    ['a volume where there is a disk', { variants: [{ ...MODEL, instanceType: 'ml.g5.xlarge', volumeSize: Size.gibibytes(10) }] }, 'variants.AllTraffic.volumeSize must not be given for an instance type with local storage, got "10 GiB"'],
    ['scaling of burstable instances', { variants: [{ ...MODEL, instanceType: 'ml.t2.large', scaling: { maxInstanceCount: 3 } }] }, 'variants.AllTraffic.scaling must not be given for burstable instances'],
    ['less at most than at least', { variants: [{ ...MODEL, scaling: { maxInstanceCount: 1 } }] }, 'variants.AllTraffic.scaling.maxInstanceCount must be at least the fewest instances, 2, got 1'],
    ['no container', { variants: [{ ...MODEL, containers: [] }] }, 'variants.AllTraffic.containers must have at least one element'],
    ['a local artifact', { variants: [{ ...MODEL, containers: [{ image: IMAGE, modelDataUrl: './model.tar.gz' }] }] }, 'variants.AllTraffic.modelDataUrl must be an S3 URI, such as s3://bucket/forecast/model.tar.gz, got "./model.tar.gz"'],
    ['a slow health check', { variants: [{ ...MODEL, startupHealthCheckTimeout: Duration.hours(2) }] }, 'startupHealthCheckTimeout must be between 60 and 3600 whole seconds, got "2 hours"'],
    ['an alarm that SageMaker cannot reach', { alarms: { p99Latency: Duration.minutes(2) } }, 'alarms.p99Latency must be between 1 and 60000 whole milliseconds, got "2 minutes"'],
  ])('%s', (_, props, message) => expect(() => endpoint(props)).toThrow(message));

  test.each<[string, () => unknown, string]>([
    ['a canary of more than half', () => TrafficShifting.canary({ percentage: 51 }), 'percentage must be a whole number'],
    ['steps that are too small', () => TrafficShifting.linear({ percentage: 5 }), 'percentage must be a whole number'],
    ['a wait interval of two hours', () => TrafficShifting.allAtOnce(Duration.hours(2)), 'waitInterval must be between 0 and 3600 whole seconds'],
    ['an update of five minutes', () => EndpointUpdate.blueGreen({ maximumExecutionTime: Duration.minutes(5) }), 'maximumExecutionTime must be between 600 and 28800 whole seconds'],
    ['batches of more than half', () => EndpointUpdate.rolling({ batchPercentage: 60 }), 'batchPercentage must be'],
    ['a network without subnets', () => ModelNetwork.fromAttributes({ subnetIds: [], securityGroupIds: ['sg-1'] }), 'subnetIds must have at least one element'],
  ])('%s', (_, make, message) => expect(make).toThrow(message));

  test('serverless by an escape hatch', () => {
    const { endpoint: churn } = endpoint();
    const configuration = churn.node.findChild('Configuration') as unknown as { productionVariants: unknown };
    configuration.productionVariants = [{ variantName: 'AllTraffic', serverlessConfig: { maxConcurrency: 1, memorySizeInMb: 1024 } }];
    expect(churn.node.validate()).toEqual([expect.stringContaining('SageMaker offers serverless endpoints no VPC')]);
  });
});

test('whatever is accepted has a configuration that SageMaker takes', () => {
  const variants = fc.record({
    first: fc.boolean(),
    instanceCount: fc.integer({ min: 1, max: 20 }),
    more: fc.integer({ min: 0, max: 20 }),
    weight: fc.integer({ min: 1, max: 100 }),
  });
  fc.assert(fc.property(fc.array(variants, { minLength: 1, maxLength: 10 }), fc.boolean(), (all, local) => {
    const [one, other] = local ? ['ml.g5.xlarge', 'ml.c5d.2xlarge'] : ['ml.m5.large', 'ml.r6i.4xlarge'];
    const template = templateOf({
      variants: all.map(({ first, instanceCount, more, weight }, index) => ({
        ...MODEL, variantName: `v${index}`, instanceType: first ? one : other, instanceCount, weight, scaling: { maxInstanceCount: instanceCount + more },
      })),
      update: EndpointUpdate.blueGreen({ trafficShifting: TrafficShifting.allAtOnce() }),
    });
    const [configuration] = Object.values(template.findResources('AWS::SageMaker::EndpointConfig'));
    expect(configuration.Properties.KmsKeyId === undefined).toBe(local);
    expect(configuration.Properties.ProductionVariants).toHaveLength(all.length);
    const [{ Properties: { DeploymentConfig } }] = Object.values(template.findResources('AWS::SageMaker::Endpoint'));
    expect(DeploymentConfig.AutoRollbackConfiguration.Alarms.length).toBeLessThanOrEqual(10);
  }), { numRuns: 15 });
});

test('an instance type that SageMaker has not is warned of, and one that a parameter decides is not', () => {
  const warned = (variant: (stack: Stack) => Partial<ModelVariant>) => (
    Annotations.fromStack(endpoint((stack) => ({ variants: [{ ...MODEL, ...variant(stack) }] })).stack).findWarning('*', Match.stringLikeRegexp('unknownInstanceTypes')).map(({ entry }) => entry.data)
  );
  const parameter = (stack: Stack) => new CfnParameter(stack, 'Type').valueAsString;
  expect(warned(() => ({ instanceType: 'ml.q9.large' }))).toEqual([expect.stringContaining('variants.AllTraffic.instanceType must match instance types of SageMaker that are known, got ["ml.q9.large"]')]);
  expect(warned((stack) => ({ instanceType: parameter(stack), possibleInstanceTypes: ['ml.m5.large', 'ml.q9.large'] }))).toEqual([expect.stringContaining('variants.AllTraffic.possibleInstanceTypes must')]);
  expect(warned((stack) => ({ instanceType: parameter(stack), possibleInstanceTypes: ['ml.m5.large'] }))).toEqual([]);
});
