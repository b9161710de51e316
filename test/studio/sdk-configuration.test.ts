import { existsSync, readFileSync, writeFileSync } from 'fs';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OwnParts } from './fixture';
import { arn, PARAMETERS, names, Space } from './notebook/space';
import { DataScienceEnvironment, StudioPackageIndex, StudioSdkConfiguration } from '../../src';
import { testApp } from '../test-app';

describe('the script that configures the SDK', () => {
  let space: Space;
  beforeEach(async () => { space = await Space.make(); }, 300_000);
  afterEach(() => space.remove());

  test('gives jobs the environment\'s bucket, role, network, keys and encryption', () => {
    expect(space.start(StudioSdkConfiguration.fromNames(names))).toMatchObject({ status: 0, stderr: '' });
    const { SageMaker, SchemaVersion } = space.written();
    const vpc = { Subnets: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] }, key = arn('kms', 'key/data'), volume = arn('kms', 'key/volumes');
    expect(SchemaVersion).toBe('1.0');
    expect(SageMaker.PythonSDK.Modules).toMatchObject({ Session: { DefaultS3Bucket: 'churn-data', DefaultS3ObjectKeyPrefix: 'outputs' }, TelemetryOptOut: true });
    expect(SageMaker.TrainingJob).toEqual({
      RoleArn: arn('iam', 'role/churn-job'),
      VpcConfig: vpc,
      EnableNetworkIsolation: false,
      EnableInterContainerTrafficEncryption: true,
      OutputDataConfig: { KmsKeyId: key },
      ResourceConfig: { VolumeKmsKeyId: volume },
      ProfilerConfig: { DisableProfiler: true },
    });
    expect(SageMaker.ProcessingJob.NetworkConfig).toEqual({
      VpcConfig: vpc, EnableNetworkIsolation: false, EnableInterContainerTrafficEncryption: true,
    });
    expect(SageMaker.Model).toEqual({ ExecutionRoleArn: arn('iam', 'role/churn-job'), VpcConfig: vpc, EnableNetworkIsolation: true });
    expect(SageMaker.Pipeline).toEqual({ RoleArn: arn('iam', 'role/churn-pipeline') });
    expect(SageMaker).not.toHaveProperty('TransformJob'); // version 3 of the SDK fails at it
  });

  test('isolates jobs where guardrails demand it, and writes under the prefix that they allow', () => {
    space.start(StudioSdkConfiguration.fromNames(names, { requireNetworkIsolation: true, outputPrefix: 'team/outputs/' }));
    const { SageMaker: { TrainingJob, ProcessingJob, PythonSDK } } = space.written();
    expect([TrainingJob.EnableNetworkIsolation, ProcessingJob.NetworkConfig.EnableNetworkIsolation]).toEqual([true, true]);
    expect(PythonSDK.Modules.Session.DefaultS3ObjectKeyPrefix).toBe('team/outputs');
    expect(PythonSDK.Modules.RemoteFunction.S3RootUri).toBe('s3://churn-data/team/outputs');
  });

  test('gives feature groups their role where the environment has them, and says nothing of stores, which version 2 would make', () => {
    expect(space.start(StudioSdkConfiguration.fromNames(names, { featureStore: true, enableMlflow: true }))).toMatchObject({ status: 0, stderr: '' });
    expect(space.written().SageMaker.FeatureGroup).toEqual({ RoleArn: arn('iam', 'role/churn-features') });
    space.start(StudioSdkConfiguration.fromNames(names));
    expect(space.written().SageMaker).not.toHaveProperty('FeatureGroup');
  });

  test('lets MLflow\'s clients find the tracking server where there is one, unless somebody names another', () => {
    const uri = 'import os; print(os.environ.get("MLFLOW_TRACKING_URI"))';
    space.start(StudioSdkConfiguration.fromNames(names));
    expect(space.python(uri)).toBe('None\n');
    space.start(StudioSdkConfiguration.fromNames(names, { enableMlflow: true }));
    expect(space.python(uri)).toBe(`${arn('sagemaker', 'mlflow-tracking-server/churn--mlflow')}\n`);
    expect(space.python(uri, { MLFLOW_TRACKING_URI: 'http://localhost:5000' })).toBe('http://localhost:5000\n');
  });

  test('brings its own file up to date, and leaves a person\'s alone', () => {
    space.start(StudioSdkConfiguration.fromNames(names));
    space.start(StudioSdkConfiguration.fromNames(names), { ...PARAMETERS, '/secure-mlops/churn/storage/data-bucket': 'another' });
    expect(space.written().SageMaker.PythonSDK.Modules.Session.DefaultS3Bucket).toBe('another');
    writeFileSync(space.file, 'SchemaVersion: "1.0"\n');
    expect(space.start(StudioSdkConfiguration.fromNames(names)).status).toBe(0);
    expect(readFileSync(space.file, 'utf8')).toBe('SchemaVersion: "1.0"\n');
  });

  test('writes for everybody where the image has a place for that, so that a person\'s own goes before it', () => {
    space.prepare(space.everybodys);
    space.prepare(space.file, 'SchemaVersion: "1.0"\n');
    expect(space.start(StudioSdkConfiguration.fromNames(names))).toMatchObject({ status: 0, stderr: '' });
    expect(space.written(space.everybodys).SageMaker.Pipeline).toEqual({ RoleArn: arn('iam', 'role/churn-pipeline') });
    expect(readFileSync(space.file, 'utf8')).toBe('SchemaVersion: "1.0"\n');
  });

  test('takes what an earlier start has written for the person away, where it now writes for everybody', () => {
    space.start(StudioSdkConfiguration.fromNames(names));
    space.prepare(space.everybodys);
    space.start(StudioSdkConfiguration.fromNames(names));
    expect([existsSync(space.file), existsSync(space.everybodys)]).toEqual([false, true]);
  });

  test('lets the application start where it cannot do its work, and says so', () => {
    const { status, stderr } = space.start(StudioSdkConfiguration.fromNames(names), {});
    expect(status).toBe(0);
    expect(stderr).toContain('Missing parameters: /secure-mlops/churn/network/subnet-ids, ');
    expect(stderr).toContain('the SageMaker SDK could not be configured');
    expect(existsSync(space.file)).toBe(false);
  });
});

describe('is run when an application starts', () => {
  const scripts = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::StudioLifecycleConfig'))
    .map(({ Properties }) => JSON.stringify(Properties.StudioLifecycleConfigContent));
  const environment = (studio = {}) => {
    const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
    new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', studio });
    return stack;
  };

  test('in an environment, for each application', () => {
    expect(scripts(environment())).toHaveLength(2);
  });

  test('unless that is switched off', () => {
    expect(scripts(environment({ sdkConfiguration: StudioSdkConfiguration.none() }))).toEqual([]);
  });

  test('after pip is pointed at its index', () => {
    const own = new OwnParts();
    own.domain({ pipIndex: StudioPackageIndex.url('https://packages.example.com/simple'), sdkConfiguration: StudioSdkConfiguration.fromNames(names) });
    expect(scripts(own.stack)).toHaveLength(2);
    for (const script of scripts(own.stack)) expect(script).toMatch(/packages\.example\.com.*python3 -c/);
  });
});

test('a prefix ends with a slash', () => {
  expect(() => StudioSdkConfiguration.fromNames(names, { outputPrefix: 'outputs' }))
    .toThrow('[StudioSdkConfiguration] outputPrefix must be a prefix that ends with a slash and begins with none, such as outputs/, got "outputs"');
});

test('a run time is one that SageMaker takes', () => {
  expect(() => StudioSdkConfiguration.fromNames(names, { maximumRuntime: Duration.days(29) }))
    .toThrow('[StudioSdkConfiguration] maximumRuntime must be between 1 and 40320 whole minutes, got "29 days". SageMaker ends no job later');
});
