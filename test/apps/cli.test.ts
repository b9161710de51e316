import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';

const ROOT = resolve(__dirname, '..', '..');
const CDK = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

describe('the CLI, of somebody who has no credentials', () => {
  const home = mkdtempSync(join(tmpdir(), 'cli-'));
  afterAll(() => rmSync(home, { recursive: true }));

  test('synthesizes the quickstart for an account and a region, and looks nothing up', () => {
    const app = 'node -r ts-node/register/transpile-only test/apps/cli-app.ts';
    const { PATH } = process.env;
    const { status, stderr } = spawnSync(process.execPath, [CDK, 'synth', '--quiet', '--app', app, '--output', join(home, 'out'), '--no-notices', '--no-version-reporting', '--no-color', '--ci'], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 170_000,
      env: { PATH, HOME: home, AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true', TS_NODE_PROJECT: join(ROOT, 'integ', 'tsconfig.json') },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringMatching(/AWS calls|credentials/i) as string });
    expect((JSON.parse(readFileSync(join(home, 'out', 'manifest.json'), 'utf8')) as { missing?: unknown }).missing).toBeUndefined();
  }, 180_000);
});
