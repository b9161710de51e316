import { spawn } from 'child_process';
import { appendFileSync } from 'fs';
import { join, resolve } from 'path';

const CDK = join(resolve(__dirname, '..', '..'), 'node_modules', 'aws-cdk', 'bin', 'cdk');
const MINUTES = 5;

/** How a command of the CLI ended. */
export interface Outcome {
  readonly succeeded: boolean;
  readonly seconds: number;
  readonly output: string;
}

/** The pinned AWS CDK CLI, as a user calls it, in an account of the local AWS. */
export class CdkCli {
  /**
   * @param environment credentials and where they are for
   * @param minutes how long one command may take
   */
  constructor(private readonly environment: NodeJS.ProcessEnv, private readonly log: string, private readonly minutes: number = MINUTES) {}

  public bootstrap(account: string, region: string): Promise<Outcome> {
    return this.run('bootstrap', `aws://${account}/${region}`, '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess');
  }

  /** `stacks`: these and no others, whatever they depend on. */
  public deploy(assembly: string, stacks?: string[]): Promise<Outcome> {
    return this.run('deploy', ...chosen(stacks), '--app', assembly, '--require-approval', 'never', '--progress', 'events');
  }

  /** `stacks`: these and no others, whatever depends on them. */
  public destroy(assembly: string, stacks?: string[]): Promise<Outcome> {
    return this.run('destroy', ...chosen(stacks), '--force', '--app', assembly, '--progress', 'events');
  }

  private run(...parameters: string[]): Promise<Outcome> {
    const began = Date.now();
    return new Promise((done) => {
      const cli = spawn(process.execPath, [CDK, ...parameters, '--no-notices', '--no-version-reporting', '--no-color', '--ci'], {
        env: { ...this.environment, CDK_DISABLE_CLI_TELEMETRY: 'true', CI: 'true' },
        cwd: this.environment.HOME,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [cli.stdout, cli.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString();
          appendFileSync(this.log, chunk);
        });
      }
      const late = setTimeout(() => cli.kill('SIGKILL'), this.minutes * 60_000);
      cli.on('close', (code) => {
        clearTimeout(late);
        done({ succeeded: code === 0, seconds: (Date.now() - began) / 1000, output });
      });
    });
  }
}

function chosen(stacks?: string[]): string[] {
  return stacks ? [...stacks, '--exclusively'] : ['--all'];
}

/** The CLI wraps what is long. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** The failures in the CLI's output, without what merely follows from them. */
export function interesting(output: string): string {
  const failures = output.split('\n').filter((line) => /FAILED|❌|rror:|denied/.test(line) && !line.includes('Resource deletion cancelled'));
  return [...new Set(failures)].slice(0, 12).map((line) => line.slice(0, 700)).join('\n');
}
