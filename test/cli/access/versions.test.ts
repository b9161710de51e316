import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { runAccess } from '../../../src/cli/access/command';
import { differencesOf } from '../../../src/cli/access/differences';
import { simulatorIn } from '../../../src/cli/access/find-simulator';
import { markdownOf } from '../../../src/cli/access/markdown';
import { Matrix, matrixOf } from '../../../src/cli/access/matrix';
import { stacksOf } from '../../../src/cli/assembly';
import { ExitCode } from '../../../src/cli/report';
import { APPS } from '../../apps/catalog/apps';
import { synthesize } from '../../apps/catalog/synthesized';

const ROOT = resolve(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'versions-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An app with a bucket that the data scientist may read, or not, beside what an environment is found by. */
function version(name: string, { environment = 'churn', reads = false }: { environment?: string; reads?: boolean } = {}): string {
  const parameter = (path: string, value: unknown) => ({ Type: 'AWS::SSM::Parameter', Properties: { Name: `/secure-mlops/${environment}/${path}`, Type: 'String', Value: value } });
  const statement = (more: object) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] });
  const template = {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: `${environment}-data` } },
      Data: parameter('storage/data-bucket', `${environment}-data`),
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: `${environment}--data-scientist-eu-west-1`,
          AssumeRolePolicyDocument: statement({ Action: 'sts:AssumeRole', Principal: { AWS: '111111111111' } }),
          ...(reads && { Policies: [{ PolicyName: 'Reads', PolicyDocument: statement({ Sid: 'ReadAll', Action: 's3:GetObject', Resource: '*' }) }] }),
        },
      },
    },
  };
  const directory = join(folder, name);
  mkdirSync(directory);
  writeFileSync(join(directory, 'Team.template.json'), JSON.stringify(template));
  writeFileSync(join(directory, 'manifest.json'), JSON.stringify({
    artifacts: { Team: { type: 'aws:cloudformation:stack', environment: 'aws://111111111111/eu-west-1', properties: { templateFile: 'Team.template.json' } } },
  }));
  return directory;
}

const read = async (path: string): Promise<Matrix> => matrixOf(stacksOf(path), await simulatorIn(ROOT));

describe('--fail-on', () => {
  let closed: string, open: string;
  beforeAll(() => {
    [closed, open] = [version('closed'), version('open', { reads: true })];
    jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterAll(() => jest.restoreAllMocks());

  const run = (now: string, against: string, failOn?: string) => runAccess({ 'allow-unknown': true, against, ...(failOn !== undefined && { 'fail-on': failOn }) }, [now]);

  test.each([[undefined, ExitCode.FOUND], ['widened', ExitCode.FOUND], ['changed', ExitCode.FOUND], ['never', ExitCode.FINE]])('%s: where somebody can do more', async (failOn, code) => {
    expect(await run(open, closed, failOn)).toBe(code);
  });

  test.each([[undefined, ExitCode.FINE], ['widened', ExitCode.FINE], ['changed', ExitCode.FOUND], ['never', ExitCode.FINE]])('%s: where somebody can do less', async (failOn, code) => {
    expect(await run(closed, open, failOn)).toBe(code);
  });

  test('anything else is refused, with what there is', async () => {
    await expect(run(open, closed, 'more')).rejects.toThrow('--fail-on is more, and must be one of widened, changed, never.');
  });
});

describe('an environment that is called otherwise now', () => {
  test('is compared with what it was, and nothing else is said where nothing else is different', async () => {
    const found = differencesOf(await read(version('named')), await read(version('renamed', { environment: 'retention' })));
    expect(found.map(({ sentence }) => sentence)).toEqual(['The environment churn is called retention now, and compared with what it was.']);
  });

  test('does not hide that somebody can do more', async () => {
    const found = differencesOf(await read(version('before')), await read(version('after', { environment: 'retention', reads: true })));
    expect(found.filter(({ kind }) => kind === 'more').map(({ sentence }) => sentence).join()).toContain('The data scientist can now');
  });
});

describe('two environments in an app', () => {
  let matrix: Matrix;
  beforeAll(async () => {
    const outdir = join(folder, 'two');
    synthesize(APPS.find(({ name }) => name === 'two environments in one stack')!, outdir);
    matrix = await matrixOf(stacksOf(outdir), undefined);
  }, 300_000);

  test('have a table each', () => {
    expect(matrix.environments).toHaveLength(2);
    for (const { name } of matrix.environments) expect(markdownOf(matrix)).toContain(`# Who can do what in the environment ${name}\n`);
  });

  test('have roles of their own: those of the other are told by their names', () => {
    const roles = matrix.environments.map(({ people }) => people.find(({ title }) => title === 'data scientist')!.role);
    expect(roles).toEqual(matrix.environments.map(({ name }) => `${name}--data-scientist-us-east-1`));
  });
});

test('a template of more than 5 MB is read', async () => {
  const path = version('large', { reads: true }), file = join(path, 'Team.template.json');
  const template = stacksOf(path)[0].template;
  writeFileSync(file, JSON.stringify({ ...template, Metadata: { Large: 'x'.repeat(6_000_000) } }));
  expect((await read(path)).environments.map(({ name }) => name)).toEqual(['churn']);
});
