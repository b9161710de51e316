import { Duration } from 'aws-cdk-lib';
import { arn, names, Space, Written } from './notebook/space';
import { StudioSdkConfiguration } from '../../src';

describe('what a request does not say', () => {
  let space: Space;
  beforeEach(async () => { space = await Space.make(); }, 300_000);
  afterEach(() => space.remove());

  const subnets = ['subnet-1', 'subnet-2'], key = arn('kms', 'key/data'), volume = arn('kms', 'key/volumes');
  const vpc = { Subnets: subnets, SecurityGroupIds: ['sg-1'] };
  const network = { VpcConfig: vpc, EnableInterContainerTrafficEncryption: true };
  type Request = [service: string, operation: string, parameters: object];
  const cluster = (InstanceType = 'ml.m5.xlarge') => ({ InstanceType, InstanceCount: 1, VolumeSizeInGB: 30 });
  const training = (more: object = {}) => ({
    AlgorithmSpecification: { TrainingImage: 'image', TrainingInputMode: 'File' }, RoleArn: arn('iam', 'role/churn-job'), OutputDataConfig: { S3OutputPath: 's3://churn-data/outputs' }, ...more,
  });
  const job = (more: object = {}): Request => ['sagemaker', 'CreateTrainingJob', { TrainingJobName: 'one', StoppingCondition: {}, ...training({ ResourceConfig: cluster(), ...more }) }];

  beforeEach(() => { space.start(StudioSdkConfiguration.fromNames(names, { maximumRuntime: Duration.hours(6) })); });

  test('a training job: network, keys, encryption between containers, an end', () => {
    expect(space.sent([job()])).toEqual([expect.objectContaining({
      ...network,
      OutputDataConfig: { S3OutputPath: 's3://churn-data/outputs', KmsKeyId: key },
      ResourceConfig: { ...cluster(), VolumeKmsKeyId: volume },
      StoppingCondition: { MaxRuntimeInSeconds: 21_600 },
    })]);
  });

  test('a processing job, without outputs of its own as well', () => {
    const [processing] = space.sent([['sagemaker', 'CreateProcessingJob', {
      ProcessingJobName: 'one', ProcessingResources: { ClusterConfig: cluster() }, AppSpecification: { ImageUri: 'image' }, RoleArn: arn('iam', 'role/churn-job'),
    }]]);
    expect(processing).toMatchObject({
      NetworkConfig: network,
      ProcessingOutputConfig: { Outputs: [], KmsKeyId: key },
      ProcessingResources: { ClusterConfig: { VolumeKmsKeyId: volume } },
      StoppingCondition: { MaxRuntimeInSeconds: 21_600 },
    });
  });

  test('the jobs of a tuning job, wherever they say what they run on', () => {
    const tuning = (definition: object): Request => ['sagemaker', 'CreateHyperParameterTuningJob', {
      HyperParameterTuningJobName: 'one',
      HyperParameterTuningJobConfig: { Strategy: 'Random', ResourceLimits: { MaxParallelTrainingJobs: 1 } },
      TrainingJobDefinition: { StoppingCondition: { MaxRuntimeInSeconds: 60 }, ...training(definition) },
    }];
    const [one, other] = space.sent([tuning({ ResourceConfig: cluster() }), tuning({ HyperParameterTuningResourceConfig: cluster() })]);
    const end = { MaxRuntimeInSeconds: 60 };
    expect(one.TrainingJobDefinition).toMatchObject({ ...network, ResourceConfig: { VolumeKmsKeyId: volume }, StoppingCondition: end });
    expect(other.TrainingJobDefinition).toMatchObject({ ...network, HyperParameterTuningResourceConfig: { VolumeKmsKeyId: volume } });
    expect(other.TrainingJobDefinition).not.toHaveProperty('ResourceConfig');
  });

  test('a model, a transform job, a version', () => {
    const [model, transform, version] = space.sent([
      ['sagemaker', 'CreateModel', { ModelName: 'one', ExecutionRoleArn: arn('iam', 'role/churn-job') }],
      ['sagemaker', 'CreateTransformJob', {
        TransformJobName: 'one',
        ModelName: 'one',
        TransformInput: { DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri: 's3://churn-data/in' } } },
        TransformOutput: { S3OutputPath: 's3://churn-data/outputs' },
        TransformResources: { InstanceType: 'ml.m5.xlarge', InstanceCount: 1 },
      }],
      ['sagemaker', 'CreateModelPackage', { ModelPackageGroupName: 'churn--one' }],
    ]);
    expect(model).toMatchObject({ VpcConfig: vpc, EnableNetworkIsolation: true });
    expect(transform).toMatchObject({ TransformOutput: { KmsKeyId: key }, TransformResources: { VolumeKmsKeyId: volume } });
    expect(version).toMatchObject({ ModelPackageGroupName: 'churn--one', ModelApprovalStatus: 'PendingManualApproval' });
  });

  test('a feature group: bucket, key and role, and no table in AWS Glue', () => {
    space.start(StudioSdkConfiguration.fromNames(names, { featureStore: true }));
    const features = { KmsKeyId: arn('kms', 'key/features') };
    const group = (more: object): Request => ['sagemaker', 'CreateFeatureGroup', {
      FeatureGroupName: 'churn--one', RecordIdentifierFeatureName: 'id', EventTimeFeatureName: 'time', FeatureDefinitions: [{ FeatureName: 'id', FeatureType: 'Integral' }], ...more,
    }];
    const [offline, named, both, online, update] = space.sent([
      group({}),
      group({ OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://churn-offline-store/team' }, DisableGlueTableCreation: false } }),
      group({ OnlineStoreConfig: { EnableOnlineStore: true }, OfflineStoreConfig: { S3StorageConfig: { S3Uri: 's3://churn-offline-store/team' } } }),
      group({ OnlineStoreConfig: { EnableOnlineStore: true } }),
      ['sagemaker', 'UpdateFeatureGroup', { FeatureGroupName: 'churn--one', OnlineStoreConfig: { TtlDuration: { Unit: 'Days', Value: 1 } } }],
    ]);
    const store = (S3Uri: string) => ({ S3StorageConfig: { S3Uri, ...features }, DisableGlueTableCreation: true });
    expect(offline).toMatchObject({ RoleArn: arn('iam', 'role/churn-features'), OfflineStoreConfig: store('s3://churn-offline-store') });
    expect(offline).not.toHaveProperty('OnlineStoreConfig');
    expect(named.OfflineStoreConfig).toEqual(store('s3://churn-offline-store/team'));
    expect(both).toMatchObject({ OnlineStoreConfig: { EnableOnlineStore: true, SecurityConfig: features }, OfflineStoreConfig: store('s3://churn-offline-store/team') });
    expect(online).not.toHaveProperty('OfflineStoreConfig');
    expect(update).toEqual({ FeatureGroupName: 'churn--one', OnlineStoreConfig: { TtlDuration: { Unit: 'Days', Value: 1 } } });
  });

  test('where offline stores are, a notebook asks; without a feature store it is told what to set', () => {
    const ask = 'import secure_mlops\ntry:\n  print(secure_mlops.offline_store("team/"))\nexcept LookupError as error:\n  print(error)';
    expect(space.python(ask)).toBe('The environment has no feature store: featureStore must be set where it is deployed\n');
    space.start(StudioSdkConfiguration.fromNames(names, { featureStore: true }));
    expect(space.python(ask)).toBe('s3://churn-offline-store/team\n');
  });

  test('the jobs of a pipeline, in its branches as well', () => {
    const step = { Name: 'Train', Type: 'Training', Arguments: training({ ResourceConfig: cluster() }) };
    const [{ PipelineDefinition }] = space.sent([['sagemaker', 'UpdatePipeline', {
      PipelineName: 'churn--one',
      PipelineDefinition: JSON.stringify({ Version: '2020-12-01', Steps: [step, { Name: 'If', Type: 'Condition', Arguments: { IfSteps: [step], ElseSteps: [] } }] }),
    }]]);
    const { Steps: [first, condition] } = JSON.parse(PipelineDefinition as string) as Written;
    const completed = { ...network, ResourceConfig: { VolumeKmsKeyId: volume } };
    for (const { Arguments } of [first, condition.Arguments.IfSteps[0]]) expect(Arguments).toMatchObject(completed);
  });

  test('what it says stays, whether it is right or wrong', () => {
    const own = {
      VpcConfig: { Subnets: ['subnet-9'], SecurityGroupIds: ['sg-9'] }, EnableInterContainerTrafficEncryption: false, StoppingCondition: { MaxRuntimeInSeconds: 99_999 },
    };
    expect(space.sent([job(own)])).toEqual([expect.objectContaining(own)]);
  });

  test('no volume key on instances with local storage, which take none, not even that of the configuration', () => {
    const [local, configured] = space.sent([job({ ResourceConfig: cluster('ml.g5.xlarge') }), job({ ResourceConfig: { ...cluster('ml.g5.xlarge'), VolumeKmsKeyId: volume } })]);
    expect([local.ResourceConfig, configured.ResourceConfig]).toEqual([cluster('ml.g5.xlarge'), cluster('ml.g5.xlarge')]);
  });

  test('isolation of jobs where guardrails demand it', () => {
    space.start(StudioSdkConfiguration.fromNames(names, { requireNetworkIsolation: true }));
    expect(space.sent([job()])).toEqual([expect.objectContaining({ EnableNetworkIsolation: true })]);
  });

  test('the data bucket\'s key, where an upload is encrypted with "aws:kms" and no key', () => {
    const upload = (Bucket: string): Request => ['s3', 'PutObject', { Bucket, Key: 'outputs/code.tar.gz', Body: '', ServerSideEncryption: 'aws:kms' }];
    const header = 'x-amz-server-side-encryption-aws-kms-key-id';
    expect(space.sent([upload('churn-data'), upload('somebody-elses')]).map((headers) => headers[header] as string)).toEqual([key, undefined]);
  });

  test('nothing, where it is switched off', () => {
    expect(space.sent([job()], { SECURE_MLOPS_DEFAULTS: 'off' })[0]).not.toHaveProperty('VpcConfig');
  });

  test('is not waited for where it is asked of IAM, which has no endpoint in a VPC: it is refused at once', () => {
    const client = 'session.create_client("iam", region_name="us-east-1", endpoint_url="http://127.0.0.1:1")'; // nobody is there
    expect(space.python(`
import botocore.session
session = botocore.session.Session()
session.set_credentials("AKIDEXAMPLE", "secret")
try:
    ${client}.get_role(RoleName="job")
except Exception as error:
    print(error)`)).toBe('An error occurred (AccessDenied) when calling the GetRole operation: IAM is out of reach of this network\n');
  });
});
