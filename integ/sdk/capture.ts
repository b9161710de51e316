import { execFileSync, spawn } from 'child_process';
import { once } from 'events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { createInterface } from 'readline';
import { App, Stack } from 'aws-cdk-lib';
import { EnvironmentNames, EnvironmentParameter, EnvironmentRole, StudioSdkConfiguration } from '../../src';
import { pythonEnvironment, virtualEnvironment } from '../python/environment';
import { PROJECTS, seedEnvironment } from '../python/seed-environment';

/** Versions of the SDK that are tried, with what they need and do not say. */
const PACKAGES = { 2: ['sagemaker==2.257.0', 'pytz==2025.2'], 3: ['sagemaker==3.27.0'] };
const TARGET = resolve(__dirname, '..', '..', 'test', 'access', 'sdk');
const HERE = { account: '111111111111', region: 'us-east-1' };
const names = new EnvironmentNames({ environmentName: 'churn', partition: 'aws', ...HERE });
const key = (digit: string) => `arn:aws:kms:${HERE.region}:${HERE.account}:key/${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;

/** What the environment's parameters say. */
const PARAMETERS = Object.fromEntries(([
  [EnvironmentParameter.SUBNET_IDS, 'subnet-0aaaaaaaaaaaaaaa1,subnet-0aaaaaaaaaaaaaaa2'],
  [EnvironmentParameter.WORKLOAD_SECURITY_GROUP_ID, 'sg-0aaaaaaaaaaaaaaa1'],
  [EnvironmentParameter.DATA_BUCKET, 'churn-data'],
  [EnvironmentParameter.DATA_KEY_ARN, key('1')],
  [EnvironmentParameter.VOLUMES_KEY_ARN, key('2')],
  [EnvironmentParameter.JOB_EXECUTION_ROLE_ARN, names.roleArn(EnvironmentRole.JOB_EXECUTION)],
  [EnvironmentParameter.PIPELINE_EXECUTION_ROLE_ARN, names.roleArn(EnvironmentRole.PIPELINE_EXECUTION)],
  [EnvironmentParameter.OFFLINE_STORE_BUCKET, 'churn-offline-store'],
  [EnvironmentParameter.FEATURE_STORE_KEY_ARN, key('3')],
  [EnvironmentParameter.FEATURE_STORE_ROLE_ARN, names.roleArn(EnvironmentRole.FEATURE_STORE)],
] as const).map(([parameter, value]) => [names.parameterName(parameter), value]));

/** What the environment refuses, and an SDK then does without or stops at. The tests ask the simulator whether it is so. */
const REFUSED = [
  's3:ListBuckets', 's3:CreateBucket', 's3:HeadBucket', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateEndpoint', 'sagemaker:CreateAutoMLJob',
  'sagemaker:CreateDataQualityJobDefinition', 'sagemaker:CreateModelCard',
];

type Version = keyof typeof PACKAGES;
interface Cell { cell: string; stopped?: string; requests: object[] }

/** Runs the notebook of a version with the environment's configuration and without, and writes down what it has asked. */
async function capture(version: Version): Promise<void> {
  const python = virtualEnvironment(`.venv-sdk-${version}`, PACKAGES[version], (line) => console.error(line));
  const configured = await inSpace(python, version, true);
  const bare = await inSpace(python, version, false);
  mkdirSync(TARGET, { recursive: true });
  const cells = configured.map(({ cell, ...asked }, index) => ({ cell, configured: asked, bare: { ...bare[index], cell: undefined } }));
  const said = { about: 'Written by npx projen sdk:capture', sdk: PACKAGES[version][0], captured: new Date().toISOString().slice(0, 10), parameters: PARAMETERS, refused: REFUSED, cells };
  writeFileSync(join(TARGET, `requests-${version}.json`), `${JSON.stringify(said, undefined, 1)}\n`);
  console.log(`✔ ${PACKAGES[version][0]}: ${cells.length} cells, ${configured.flatMap(({ requests }) => requests).length} requests`);
}

/** A space as Studio starts one: a home, a Python of its own beside the SDK's packages, an AWS that writes down. */
async function inSpace(python: string, version: Version, isConfigured: boolean): Promise<Cell[]> {
  const home = mkdtempSync(join(tmpdir(), 'space-'));
  const aws = spawn(pythonEnvironment(), [join(__dirname, 'recorder.py')], { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env.PATH, MOTO_ACCOUNT_ID: HERE.account } });
  try {
    aws.stdin.end(JSON.stringify({ ...HERE, role: names.roleArn(EnvironmentRole.STUDIO_EXECUTION), buckets: ['churn-data'], parameters: PARAMETERS, refused: REFUSED }));
    const [port] = await once(createInterface(aws.stdout), 'line') as [string];
    execFileSync(python, ['-m', 'venv', '--without-pip', join(home, 'python')]);
    const packages = [python, seedEnvironment()].map((one) => execFileSync(one, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], { encoding: 'utf8' }).trim());
    const env = {
      PATH: `${join(home, 'python', 'bin')}:${process.env.PATH}`,
      HOME: home,
      PYTHONPATH: packages.join(':'),
      PROJECT: PROJECTS.train,
      PYTHONDONTWRITEBYTECODE: '1',
      XDG_CONFIG_DIRS: join(home, 'xdg'),
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ENDPOINT_URL_IAM: 'http://127.0.0.1:1', // nobody is there, as in a VPC
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_DEFAULT_REGION: HERE.region,
      ROLE: names.roleArn(EnvironmentRole.STUDIO_EXECUTION),
      ...isConfigured && { CONFIGURED: 'yes' },
    };
    if (isConfigured) {
      const input = StudioSdkConfiguration.fromNames(names, { featureStore: true }).scriptFor(new Stack(new App(), 'Stack', { env: HERE }));
      execFileSync('bash', ['-s'], { input, env, stdio: ['pipe', 'inherit', 'inherit'] });
    }
    const started = await (await fetch(`http://127.0.0.1:${port}/recorded`)).json() as object[];
    const output = execFileSync('python3', [join(__dirname, `day_${version}.py`)], {
      cwd: home, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', process.env.VERBOSE ? 'inherit' : 'ignore'],
    });
    const cells = JSON.parse(output.trim().split('\n').pop()!) as Cell[]; // the SDK has said something before
    return [{ cell: 'An application starts', requests: started }, ...cells];
  } finally {
    aws.kill();
    rmSync(home, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  for (const version of [2, 3] as const) await capture(version);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
