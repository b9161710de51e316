import { LOCAL_STORAGE } from '../../../src/identity/instance-families';
import { AccessSystem } from '../../access/access-system';
import { Scenario } from '../../access/scenario';
import { Deed } from '../steps/errand';

/** What nobody who works with SageMaker can do. */
export interface Rule {
  readonly name: string;
  readonly broken: Deed;
}

/** What no execution role is allowed to leave out. */
const WORK = [
  ...['CreateTrainingJob', 'CreateProcessingJob', 'CreateHyperParameterTuningJob', '*MonitoringSchedule', 'Create*JobDefinition', 'CreateAutoMLJob*'].map((name) => `sagemaker:${name}`),
];
const WITH_VOLUMES = [...WORK, 'sagemaker:CreateTransformJob', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateNotebookInstance'];
const IN_NETWORK = [...WORK, 'sagemaker:CreateModel', 'sagemaker:CreateNotebookInstance'];
const MARK = 'sagemaker:domain-arn';

/** The rules of an execution role; what it is never allowed either is left out where everything is allowed to it but for what it is denied. */
export function rulesOf(system: AccessSystem, who: string): Rule[] {
  const { subnets, securityGroups, volumeKey, outputKey, keys, forbiddenInstanceType } = system.guardrailsOf({ who } as Scenario);
  const isTarget = system.who({ who } as Scenario)!.account!.id !== system.who({ who: 'studioExecution' } as Scenario)!.account!.id;
  const role = who.split(':').pop()!, guarded = role !== who, outputs = isTarget ? [outputKey] : [keys.dataKey, keys.modelKey, keys.artifactKey];
  const arn = (on: string) => system.arnOf(on, { who, does: '' } as Scenario);
  const foreign = (name: string, key: string, values: string[], does = ['sagemaker:*']): Rule => (
    { name: `${name} of others`, broken: { does, foreign: { [key]: values } } });
  const missing = (name: string, key: string, does: string[]): Rule => ({ name: `no ${name}`, broken: { does, missing: [key] } });
  const rules = [
    foreign('volumes with keys', 'sagemaker:VolumeKmsKeyArn', [volumeKey], guarded ? [...WITH_VOLUMES, 'sagemaker:CreateApp', 'sagemaker:*Space'] : ['sagemaker:*']),
    {
      name: 'volumes without a key, where there are volumes',
      broken: { does: WITH_VOLUMES, missing: ['sagemaker:VolumeKmsKeyArn'], foreign: { 'sagemaker:InstanceTypes': LOCAL_STORAGE } },
    },
    missing('key of volumes of AutoML, which names no instance types', 'sagemaker:VolumeKmsKeyArn', ['sagemaker:CreateAutoMLJob*']),
    foreign('outputs with keys', 'sagemaker:OutputKmsKeyArn', outputs, [...WORK, 'sagemaker:CreateTransformJob']),
    missing('key of outputs', 'sagemaker:OutputKmsKeyArn', [...WORK, 'sagemaker:CreateTransformJob']),
    foreign('subnets', 'sagemaker:VpcSubnets', subnets, [...IN_NETWORK, 'sagemaker:CreateEndpointConfig']),
    missing('subnets', 'sagemaker:VpcSubnets', IN_NETWORK),
    foreign('security groups', 'sagemaker:VpcSecurityGroupIds', securityGroups, [...IN_NETWORK, 'sagemaker:CreateEndpointConfig']),
    missing('security groups', 'sagemaker:VpcSecurityGroupIds', IN_NETWORK),
    { name: 'plain text between containers', broken: { does: WORK, given: { 'sagemaker:InterContainerTrafficEncryption': 'false' } } },
    missing('encryption between containers', 'sagemaker:InterContainerTrafficEncryption', WORK),
    { name: 'models with a network', broken: { does: ['sagemaker:CreateModel'], given: { 'sagemaker:NetworkIsolation': 'false' } } },
    missing('network isolation', 'sagemaker:NetworkIsolation', ['sagemaker:CreateModel']),
    { name: 'serverless endpoints, which are in no network', broken: { does: ['sagemaker:CreateEndpointConfig'], foreign: { 'sagemaker:ServerlessMemorySize': [] } } },
    missing('instance types', 'sagemaker:InstanceTypes', [...WORK, 'sagemaker:CreateTransformJob', 'sagemaker:CreateNotebookInstance']),
    missing('limit of time', 'sagemaker:MaxRuntimeInSeconds', WORK),
    { name: 'a forbidden instance type', broken: { does: WITH_VOLUMES, given: { 'sagemaker:InstanceTypes': forbiddenInstanceType } } },
  ];
  return isTarget ? rules : [
    ...rules,
    foreign('online stores with keys', 'sagemaker:FeatureGroupOnlineStoreKmsKeyArn', [arn('featureStoreKey')]),
    {
      name: 'online stores without a key',
      broken: { does: ['sagemaker:CreateFeatureGroup'], missing: ['sagemaker:FeatureGroupOnlineStoreKmsKeyArn'], given: { 'sagemaker:FeatureGroupEnableOnlineStore': 'true' } },
    },
    ...['sagemaker:FeatureGroupOfflineStoreKmsKeyArn', 'sagemaker:FeatureGroupOfflineStoreS3Uri'].flatMap((key): Rule[] => {
      const store = arn('offlineStoreRoot'), values = key.endsWith('Uri') ? [store, `${store}/*`] : [arn('featureStoreKey')];
      const offline = { does: ['sagemaker:CreateFeatureGroup'] };
      return [
        { name: `offline stores with another ${key}`, broken: { ...offline, foreign: { [key]: values, 'sagemaker:FeatureGroupOfflineStoreConfig': [] } } },
        { name: `offline stores without ${key}`, broken: { ...offline, missing: [key], foreign: { 'sagemaker:FeatureGroupOfflineStoreConfig': [] } } },
      ];
    }),
    {
      name: 'offline stores with tables of their own',
      broken: {
        does: ['sagemaker:CreateFeatureGroup'], given: { 'sagemaker:FeatureGroupDisableGlueTableCreation': 'false' }, foreign: { 'sagemaker:FeatureGroupOfflineStoreConfig': [] },
      },
    },
    ...['sagemaker:DirectInternetAccess', 'sagemaker:RootAccess'].map((key) => foreign(key, key, ['Disabled'], ['sagemaker:CreateNotebookInstance'])),
    // What runs in jobs sees no domain: SageMaker marks what people start in Studio.
    ...(role === 'jobExecution' ? [] : [
      foreign('work of domains', `aws:ResourceTag/${MARK}`, [arn('domain')]),
      foreign('marks of domains', `aws:RequestTag/${MARK}`, [arn('domain')], ['sagemaker:AddTags']),
      { name: 'removing marks', broken: { does: ['sagemaker:DeleteTags'], given: { 'aws:TagKeys': MARK } } },
    ]),
  ];
}

/** Records of feature groups from elsewhere: SageMaker's own side takes them from everywhere. */
export function recordsFromOutside(system: AccessSystem): Rule {
  const does = ['sagemaker:BatchGetRecord', 'sagemaker:BatchWriteRecord', 'sagemaker:DeleteRecord', 'sagemaker:GetRecord', 'sagemaker:PutRecord'];
  return { name: 'records from outside', broken: { does, unlike: { 'aws:SourceVpc': system.arnOf('vpc', { who: '', does: '' } as Scenario).split('/').pop()! } } };
}
