import { GIVEN, IS_GIVEN, one, RuleCases } from './case';

const config = (properties: Record<string, unknown>) => one('AWS::SageMaker::EndpointConfig', properties);
const variant = (properties: Record<string, unknown>) => config({ ProductionVariants: [properties] });
const experiment = (properties: Record<string, unknown>) => one('AWS::SageMaker::InferenceExperiment', properties);
const endpoint = (properties: Record<string, unknown>, alarm?: Record<string, unknown>) => (
  one('AWS::SageMaker::Endpoint', properties, alarm && { Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: alarm } })
);
const rollback = (alarms: unknown) => ({ DeploymentConfig: { AutoRollbackConfiguration: { Alarms: alarms } } });
const about = (name: unknown) => [{ Name: 'EndpointName', Value: name }, { Name: 'VariantName', Value: 'all' }];
const captured = (properties: Record<string, unknown>) => config({ DataCaptureConfig: properties });

export const ENDPOINTS: RuleCases[] = [
  {
    rule: 'EndpointAlarms',
    complies: [
      endpoint(rollback([{ AlarmName: 'errors' }])),
      endpoint({}, { Dimensions: about({ 'Fn::GetAtt': ['It', 'EndpointName'] }) }),
      endpoint({ EndpointName: GIVEN }, { Dimensions: about(GIVEN) }),
      endpoint({ EndpointName: 'churn' }, { Metrics: [{ MetricStat: { Metric: { Dimensions: about('churn') } } }] }),
    ],
    breaks: [
      [endpoint({}), 'No alarm of the template is about it, and none rolls it back.'],
      [endpoint({ EndpointName: 'churn' }, { Dimensions: about('other') }), 'No alarm of the template is about it, and none rolls it back.'],
      // Nobody hears of an alarm whose actions are off.
      [endpoint({ EndpointName: 'churn' }, { ActionsEnabled: false, Dimensions: about('churn') }), 'No alarm of the template is about it, and none rolls it back.'],
      [endpoint(rollback([])), 'DeploymentConfig.AutoRollbackConfiguration.Alarms is not given.'],
    ],
    unknown: [
      [endpoint({ EndpointName: 'churn' }, { Dimensions: about(GIVEN) }), 'No alarm of the template is about it, and none rolls it back.'],
      [endpoint({ DeploymentConfig: GIVEN }), `DeploymentConfig.AutoRollbackConfiguration.Alarms ${IS_GIVEN}.`],
    ],
  },
  {
    rule: 'EndpointEncryption',
    complies: [config({ KmsKeyId: 'key' })],
    breaks: [[config({}), 'KmsKeyId is not given.']],
    unknown: [[config({ KmsKeyId: GIVEN }), `KmsKeyId ${IS_GIVEN}.`]],
  },
  {
    rule: 'EndpointInstanceCount',
    complies: [variant({ InitialInstanceCount: 2 }), variant({ InitialInstanceCount: '3' }), variant({ ServerlessConfig: { MaxConcurrency: 1 } })],
    breaks: [
      [variant({ InitialInstanceCount: 1 }), 'ProductionVariants.0.InitialInstanceCount is 1.'],
      [variant({}), 'ProductionVariants.0.InitialInstanceCount is not given.'],
    ],
    unknown: [
      [variant({ InitialInstanceCount: 1, ServerlessConfig: GIVEN }), 'ProductionVariants.0.InitialInstanceCount is 1.'],
      [variant({ InitialInstanceCount: GIVEN }), `ProductionVariants.0.InitialInstanceCount ${IS_GIVEN}.`],
      [config({ ProductionVariants: GIVEN }), `ProductionVariants ${IS_GIVEN}.`],
    ],
  },
  {
    rule: 'EndpointCaptureEncryption',
    complies: [config({}), captured({ EnableCapture: true, KmsKeyId: 'key' }), captured({ EnableCapture: false })],
    breaks: [[captured({}), 'DataCaptureConfig.KmsKeyId is not given.'], [captured({ EnableCapture: true }), 'DataCaptureConfig.KmsKeyId is not given.']],
    unknown: [
      [captured({ EnableCapture: GIVEN }), 'DataCaptureConfig.KmsKeyId is not given.'],
      [captured({ KmsKeyId: GIVEN }), `DataCaptureConfig.KmsKeyId ${IS_GIVEN}.`],
    ],
  },
  {
    rule: 'EndpointShellAccess',
    complies: [variant({}), variant({ EnableSSMAccess: false })],
    breaks: [
      // An element that is left out does not move those behind it.
      [config({ ProductionVariants: [{ Ref: 'AWS::NoValue' }, { EnableSSMAccess: true }] }), 'ProductionVariants.0.EnableSSMAccess is true.'],
      [variant({ EnableSSMAccess: true }), 'ProductionVariants.0.EnableSSMAccess is true.'], [config({ ShadowProductionVariants: [{ EnableSSMAccess: true }] }), 'ShadowProductionVariants.0.EnableSSMAccess is true.'],
    ],
    unknown: [[variant({ EnableSSMAccess: GIVEN }), `ProductionVariants.0.EnableSSMAccess ${IS_GIVEN}.`]],
  },
  {
    rule: 'EndpointAsyncEncryption',
    complies: [config({}), config({ AsyncInferenceConfig: { OutputConfig: { KmsKeyId: 'key' } } })],
    breaks: [[config({ AsyncInferenceConfig: { OutputConfig: {} } }), 'AsyncInferenceConfig.OutputConfig.KmsKeyId is not given.']],
    unknown: [[config({ AsyncInferenceConfig: GIVEN }), `AsyncInferenceConfig.OutputConfig.KmsKeyId ${IS_GIVEN}.`]],
  },
  {
    rule: 'ExperimentVolumeEncryption',
    complies: [experiment({ KmsKey: 'key' })],
    breaks: [[experiment({}), 'KmsKey is not given.']],
    unknown: [[experiment({ KmsKey: GIVEN }), `KmsKey ${IS_GIVEN}.`]],
  },
  {
    rule: 'ExperimentDataEncryption',
    complies: [experiment({}), experiment({ DataStorageConfig: { Destination: 's3://x', KmsKey: 'key' } })],
    breaks: [[experiment({ DataStorageConfig: { Destination: 's3://x' } }), 'DataStorageConfig.KmsKey is not given.']],
    unknown: [[experiment({ DataStorageConfig: GIVEN }), `DataStorageConfig.KmsKey ${IS_GIVEN}.`]],
  },
];
