import { execFileSync, spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { EnvironmentNames, StudioSdkConfiguration } from '../../../src';
import { sharedPython } from '../../python/shared-python';

export const names = new EnvironmentNames({ environmentName: 'churn', account: '111111111111', region: 'eu-west-1' });
export const arn = (service: string, rest: string) => `arn:aws:${service}:${service === 'iam' ? '' : 'eu-west-1'}:111111111111:${rest}`;

/** What the parameters of the environment say. */
export const PARAMETERS: Record<string, string> = {
  '/secure-mlops/churn/network/subnet-ids': 'subnet-1,subnet-2',
  '/secure-mlops/churn/network/workload-security-group-id': 'sg-1',
  '/secure-mlops/churn/storage/data-bucket': 'churn-data',
  '/secure-mlops/churn/encryption/data-key-arn': arn('kms', 'key/data'),
  '/secure-mlops/churn/encryption/volumes-key-arn': arn('kms', 'key/volumes'),
  '/secure-mlops/churn/identity/job-execution-role-arn': arn('iam', 'role/churn-job'),
  '/secure-mlops/churn/identity/pipeline-execution-role-arn': arn('iam', 'role/churn-pipeline'),
  '/secure-mlops/churn/storage/offline-store-bucket': 'churn-offline-store',
  '/secure-mlops/churn/encryption/feature-store-key-arn': arn('kms', 'key/features'),
  '/secure-mlops/churn/identity/feature-store-role-arn': arn('iam', 'role/churn-features'),
  '/secure-mlops/churn/studio/mlflow-tracking-server-arn': arn('sagemaker', 'mlflow-tracking-server/churn--mlflow'),
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
import { testApp } from '../../test-app';

// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Written = Record<string, any>;

/** A space in which an application starts: somebody's home, the image's place for everybody's configuration, a Python with botocore. */
export class Space {
  static async make(): Promise<Space> {
    const python = await sharedPython();
    const space = new Space(execFileSync(python, ['-c', 'import sysconfig; print(sysconfig.get_path("purelib"))'], { encoding: 'utf8' }).trim());
    space.prepare(join(space.home, 'modules', 'boto3.py'), BOTO3);
    execFileSync(python, ['-m', 'venv', '--without-pip', join(space.home, 'python')]);
    return space;
  }

  private readonly home = mkdtempSync(join(tmpdir(), 'home-'));
  /** The person's configuration of the SDK. */
  readonly file = join(this.home, '.config', 'sagemaker', 'config.yaml');
  /** Everybody's, for which there is a place where {@link prepare} made one. */
  readonly everybodys = join(this.home, 'xdg', 'sagemaker', 'config.yaml');

  private constructor(private readonly packages: string) {}

  /** Makes the folder of a file, and the file where there is something to write. */
  prepare(path: string, content?: string): void {
    mkdirSync(join(path, '..'), { recursive: true });
    if (content !== undefined) writeFileSync(path, content);
  }

  start(configuration: StudioSdkConfiguration, parameters = PARAMETERS) {
    const input = configuration.scriptFor(new Stack(testApp(), 'Stack', { env: { region: 'eu-west-1' } }));
    return spawnSync('bash', ['-s'], { input, encoding: 'utf8', env: this.variables({ PARAMETERS: JSON.stringify(parameters) }) });
  }

  written(from = this.file): Written {
    return JSON.parse(readFileSync(from, 'utf8')) as Written;
  }

  /** What leaves botocore for these requests. */
  sent(requests: [service: string, operation: string, parameters: object][], variables = {}): Written[] {
    const output = execFileSync('python3', [join(__dirname, 'sent.py')], { input: JSON.stringify(requests), encoding: 'utf8', env: this.variables(variables) });
    return JSON.parse(output) as Written[];
  }

  /** What a program of the space prints. */
  python(program: string, variables = {}): string {
    return execFileSync('python3', ['-c', program], { encoding: 'utf8', env: this.variables(variables) });
  }

  remove(): void {
    rmSync(this.home, { recursive: true });
  }

  private variables(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return {
      PATH: `${join(this.home, 'python', 'bin')}:${process.env.PATH}`,
      HOME: this.home,
      XDG_CONFIG_DIRS: join(this.home, 'xdg'),
      PYTHONPATH: [join(this.home, 'modules'), this.packages].join(':'),
      ...more,
    };
  }
}
