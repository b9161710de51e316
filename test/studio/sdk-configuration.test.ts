import { spawnSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OwnParts } from './fixture';
import { DataScienceEnvironment, EnvironmentNames, StudioPackageIndex, StudioSdkConfiguration } from '../../src';
import { sharedPython } from '../python/shared-python';

const names = new EnvironmentNames({ environmentName: 'churn', account: '111111111111', region: 'eu-west-1' });
const arn = (service: string, rest: string) => `arn:aws:${service}:${service === 'iam' ? '' : 'eu-west-1'}:111111111111:${rest}`;

/** What the parameters of the environment say. */
const PARAMETERS: Record<string, string> = {
  '/secure-mlops/churn/network/subnet-ids': 'subnet-1,subnet-2',
  '/secure-mlops/churn/network/workload-security-group-id': 'sg-1',
  '/secure-mlops/churn/storage/data-bucket': 'churn-data',
  '/secure-mlops/churn/encryption/data-key-arn': arn('kms', 'key/data'),
  '/secure-mlops/churn/encryption/volumes-key-arn': arn('kms', 'key/volumes'),
  '/secure-mlops/churn/identity/job-execution-role-arn': arn('iam', 'role/churn-job'),
  '/secure-mlops/churn/identity/pipeline-execution-role-arn': arn('iam', 'role/churn-pipeline'),
};

/** Stands in for boto3 in the program: parameters that there are, and none that there are not. */
const BOTO3 = `
import json, os

class Ssm:
    def get_parameters(self, Names):
        assert len(Names) <= 10, "AWS takes ten names"
        there = json.loads(os.environ["PARAMETERS"])
        return {"Parameters": [{"Name": n, "Value": there[n]} for n in Names if n in there], "InvalidParameters": [n for n in Names if n not in there]}

def client(service, region_name):
    assert (service, region_name) == ("ssm", "eu-west-1")
    return Ssm()
`;

describe('the script that configures the SDK', () => {
  let home: string;
  let python: string;
  const file = () => join(home, '.config', 'sagemaker', 'config.yaml');
  const run = (configuration: StudioSdkConfiguration, parameters = PARAMETERS) => spawnSync('bash', ['-s'], {
    input: configuration.scriptFor(new Stack(new App(), 'Stack', { env: { region: 'eu-west-1' } })),
    encoding: 'utf8',
    env: { PATH: `${join(python, '..')}:${process.env.PATH}`, HOME: home, PYTHONPATH: join(home, 'modules'), PARAMETERS: JSON.stringify(parameters) },
  });
  const written = () => JSON.parse(readFileSync(file(), 'utf8')) as Record<string, any>; // eslint-disable-line @typescript-eslint/no-explicit-any

  beforeAll(async () => { python = await sharedPython(); }, 300_000);
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'home-'));
    mkdirSync(join(home, 'modules'));
    writeFileSync(join(home, 'modules', 'boto3.py'), BOTO3);
  });
  afterEach(() => rmSync(home, { recursive: true }));

  test('gives jobs the environment\'s bucket, role, network, keys and encryption', () => {
    expect(run(StudioSdkConfiguration.fromNames(names))).toMatchObject({ status: 0, stderr: '' });
    const { SageMaker, SchemaVersion } = written();
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
  });

  test('isolates jobs where guardrails demand it, and writes under the prefix that they allow', () => {
    run(StudioSdkConfiguration.fromNames(names, { requireNetworkIsolation: true, outputPrefix: 'team/outputs/' }));
    const { SageMaker: { TrainingJob, ProcessingJob, PythonSDK } } = written();
    expect([TrainingJob.EnableNetworkIsolation, ProcessingJob.NetworkConfig.EnableNetworkIsolation]).toEqual([true, true]);
    expect(PythonSDK.Modules.Session.DefaultS3ObjectKeyPrefix).toBe('team/outputs');
    expect(PythonSDK.Modules.RemoteFunction.S3RootUri).toBe('s3://churn-data/team/outputs');
  });

  test('brings its own file up to date, and leaves a person\'s alone', () => {
    run(StudioSdkConfiguration.fromNames(names));
    run(StudioSdkConfiguration.fromNames(names), { ...PARAMETERS, '/secure-mlops/churn/storage/data-bucket': 'another' });
    expect(written().SageMaker.PythonSDK.Modules.Session.DefaultS3Bucket).toBe('another');
    writeFileSync(file(), 'SchemaVersion: "1.0"\n');
    expect(run(StudioSdkConfiguration.fromNames(names)).status).toBe(0);
    expect(readFileSync(file(), 'utf8')).toBe('SchemaVersion: "1.0"\n');
  });

  test('lets the application start where it cannot do its work, and says so', () => {
    const { status, stderr } = run(StudioSdkConfiguration.fromNames(names), {});
    expect(status).toBe(0);
    expect(stderr).toContain('the SageMaker SDK could not be configured');
    expect(existsSync(file())).toBe(false);
  });
});

describe('is run when an application starts', () => {
  const scripts = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::SageMaker::StudioLifecycleConfig'))
    .map(({ Properties }) => JSON.stringify(Properties.StudioLifecycleConfigContent));
  const environment = (studio = {}) => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
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
    own.domain({ packageIndex: StudioPackageIndex.url('https://packages.example.com/simple'), sdkConfiguration: StudioSdkConfiguration.fromNames(names) });
    expect(scripts(own.stack)).toHaveLength(2);
    for (const script of scripts(own.stack)) expect(script).toMatch(/packages\.example\.com.*get_parameters/);
  });
});

test('a prefix ends with a slash', () => {
  expect(() => StudioSdkConfiguration.fromNames(names, { outputPrefix: 'outputs' }))
    .toThrow('[StudioSdkConfiguration] outputPrefix must be a prefix that ends with a slash and begins with none, such as outputs/, got "outputs"');
});
