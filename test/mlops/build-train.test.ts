import { Schedule } from 'aws-cdk-lib/aws-events';
import { only, resources, templateOf, variablesOf, written } from './fixture';
import { ProjectBlueprint } from '../../src';
import { Json } from '../templates/carried';

const made = templateOf(ProjectBlueprint.buildTrain());
const pipeline = only(made, 'AWS::CodePipeline::Pipeline');

describe('the pipeline', () => {
  test('is of the second version, and lets no version overtake another', () => {
    expect(pipeline).toMatchObject({ PipelineType: 'V2', ExecutionMode: 'QUEUED' });
  });

  test('fetches the code, then trains', () => {
    expect((pipeline.Stages as Json[]).map(({ Name, Actions }) => [Name, (Actions as Json[]).map((action) => action.Name as string)])).toEqual([
      ['Source', ['Code']], ['Build', ['Train']],
    ]);
  });

  test('runs as the environment\'s role, its actions too', () => {
    expect(written(pipeline.RoleArn as Json, made)).toBe('arn:aws:iam::111111111111:role/churn--code-pipeline-eu-west-1');
    expect(JSON.stringify(pipeline.Stages)).not.toContain('RoleArn');
  });

  test('hands on what it fetched in the environment\'s bucket, with its key', () => {
    expect(pipeline.ArtifactStore).toEqual({
      Type: 'S3', Location: { Ref: 'StorageArtifactsBucket' }, EncryptionKey: { Type: 'KMS', Id: { Ref: 'EncryptionArtifactsKeyArn' } },
    });
  });

  test('starts when main changes, and only then', () => {
    const rules = Object.values(resources(made, 'AWS::Events::Rule'));
    expect(rules.map(({ Properties }) => written(Properties.Name as Json, made))).toEqual(['churn--p-1-push']);
  });

  test('starts again and again where retraining is asked for', () => {
    const retrained = templateOf(ProjectBlueprint.buildTrain({ schedule: Schedule.cron({ minute: '0', hour: '4', weekDay: 'MON' }) }));
    const rule = only(retrained, 'AWS::Events::Rule', '-schedule');
    expect(rule).toMatchObject({ ScheduleExpression: 'cron(0 4 ? * MON *)', State: 'ENABLED' });
    expect(written(rule.Targets[0].RoleArn as Json, retrained)).toBe('arn:aws:iam::111111111111:role/churn--events-eu-west-1');
  });
});

describe('the build', () => {
  const build = only(made, 'AWS::CodeBuild::Project');

  test('runs in the environment\'s network', () => {
    expect(build.VpcConfig).toEqual({
      VpcId: { Ref: 'NetworkVpcId' }, Subnets: { Ref: 'NetworkSubnetIds' }, SecurityGroupIds: [{ Ref: 'NetworkWorkloadSecurityGroupId' }],
    });
  });

  test('encrypts with the environment\'s key', () => {
    expect(build.EncryptionKey).toEqual({ Ref: 'EncryptionArtifactsKeyArn' });
  });

  test('logs to a group of its own, encrypted, for 90 days, that goes with the project', () => {
    const [[id, logs]] = Object.entries(resources(made, 'AWS::Logs::LogGroup'));
    expect(build.LogsConfig).toEqual({ CloudWatchLogs: { Status: 'ENABLED', GroupName: { Ref: id } } });
    expect(logs).toMatchObject({ DeletionPolicy: 'Delete', Properties: { KmsKeyId: { Ref: 'EncryptionLogsKeyArn' }, RetentionInDays: 90 } });
    expect(written(logs.Properties.LogGroupName as Json, made)).toBe('/aws/codebuild/churn--forecast-p-1-build');
  });

  test('does what the repository says', () => {
    expect(build.Source).toEqual({ Type: 'CODEPIPELINE', BuildSpec: 'buildspec.yml' });
  });

  test('is not privileged, and ends after an hour', () => {
    expect(build).toMatchObject({ Environment: { PrivilegedMode: false }, TimeoutInMinutes: 60 });
  });

  test('knows what the environment is', () => {
    expect(variablesOf(build, made)).toMatchObject({
      ENVIRONMENT_NAME: 'churn',
      SAGEMAKER_PROJECT_NAME: 'forecast',
      SAGEMAKER_PROJECT_ID: 'p-1',
      PIPELINE_NAME: 'churn--forecast-p-1',
      MODEL_PACKAGE_GROUP_NAME: 'churn--forecast-p-1',
      CODE_PREFIX: 'code/churn--forecast-p-1/',
      JOB_ROLE_ARN: '/secure-mlops/churn/identity/job-execution-role-arn',
      VOLUMES_KEY_ARN: '/secure-mlops/churn/encryption/volumes-key-arn',
      DATA_BUCKET: '/secure-mlops/churn/storage/data-bucket',
    });
  });
});

test('model versions stay when the project goes', () => {
  const [group] = Object.values(resources(made, 'AWS::SageMaker::ModelPackageGroup'));
  expect(group).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  expect(written(group.Properties.ModelPackageGroupName as Json, made)).toBe('churn--forecast-p-1');
});

test('brings no role, no function and no custom resource', () => {
  const types = Object.values(made.Resources as Json).map(({ Type }: Json) => Type as string);
  expect(types.filter((type) => /IAM|Lambda|Custom/.test(type))).toEqual([]);
});

test('everything that can wear tags wears the project\'s', () => {
  const bare = Object.entries(made.Resources as Record<string, Json>)
    .filter(([, { Properties }]) => !['environment', 'sagemaker:domain-arn', 'sagemaker:project-id', 'sagemaker:project-name']
      .every((key) => (Properties.Tags as Json[] | undefined)?.some(({ Key }) => Key === key)));
  expect(bare.map(([id]) => id)).toEqual([]);
});

test('can be sent inline under the longest names', () => {
  const longest = templateOf(ProjectBlueprint.buildTrain({ schedule: Schedule.cron({ minute: '0' }) }), { environmentName: 'a2345678901234567890', owner: 'o'.repeat(256) });
  expect(JSON.stringify(longest).length).toBeLessThanOrEqual(51_200);
});
