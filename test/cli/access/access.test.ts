import { spawnSync } from 'child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { differencesAsMarkdown, differencesOf } from '../../../src/cli/access/differences';
import { simulatorIn } from '../../../src/cli/access/find-simulator';
import { htmlOf } from '../../../src/cli/access/html';
import { markdownOf } from '../../../src/cli/access/markdown';
import { Cell, Matrix, matrixOf } from '../../../src/cli/access/matrix';
import { Judge } from '../../../src/cli/access/simulator';
import { stacksOf } from '../../../src/cli/assembly';
import { Scenario } from '../../access/scenario';
import { APPS } from '../../apps/catalog/apps';
import { synthesize } from '../../apps/catalog/synthesized';

const ROOT = resolve(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'access-'));
afterAll(() => rmSync(folder, { recursive: true }));

let simulator: Judge | undefined;
const synthesized = (name: string) => {
  const outdir = join(folder, name.replace(/ /g, '-'));
  synthesize(APPS.find((one) => one.name === name)!, outdir);
  return outdir;
};
const read = (path: string, by: Judge | undefined) => matrixOf(stacksOf(path), by);

let alone: string, copies: string, ofAlone: Matrix, ofCopies: Matrix;
beforeAll(async () => {
  simulator = await simulatorIn(ROOT);
  alone = synthesized('one line in an account and region');
  copies = synthesized('with copies of models in targets');
  [ofAlone, ofCopies] = [await read(alone, simulator), await read(copies, simulator)];
}, 300_000);

function cell({ cells }: Matrix, who: string, what: string, place: string): Cell {
  return cells.find((one) => one.who === who && one.what === what && one.place === place)!;
}

describe('the answers are those of the access rows', () => {
  const row = (file: string, id: string) =>
    (JSON.parse(readFileSync(join(ROOT, 'test', 'access', 'scenarios', 'contract', file), 'utf8')) as Scenario[]).find((one) => one.id === id)!;

  test.each([
    ['data.json', 'data-001', 'notebook', 'read the data bucket', 'from the VPC'],
    ['data.json', 'data-003', 'job', 'read the data bucket', 'from the VPC'],
    ['data.json', 'data-005', 'job', 'write to the data bucket', 'from the VPC'],
    ['data.json', 'data-011', 'SageMaker pipeline', 'read the data bucket', 'from the internet'],
    ['data.json', 'data-030', 'notebook', 'read the data bucket', 'through an AWS service'],
    ['data.json', 'data-039', 'team administrator', 'open the data bucket to others', 'from the internet'],
    ['data.json', 'data-041', 'team administrator', 'destroy what is in the data bucket', 'from the internet'],
    ['data.json', 'data-045', 'hosted model', 'read the data bucket', 'from the VPC'],
    ['approval.json', 'approval-029', 'data scientist', 'approve a model version', 'from the internet'],
    ['approval.json', 'approval-033', 'team administrator', 'approve a model version', 'from the internet'],
  ])('%s %s', (file, id, who, what, place) => {
    const { expect: expected, does } = row(file, id);
    for (const matrix of [ofAlone, ofCopies]) expect(cell(matrix, who, what, place)).toMatchObject({ action: does, answer: expected === 'allow' ? 'yes' : 'no' });
  });

  test('approvals of a stage are given by those whom the stage names', () => {
    const { expect: expected, does } = row('approval.json', 'approval-036');
    expect(cell(ofCopies, 'data science administrator', 'approve a deployment to production', 'from the internet')).toMatchObject({ action: does, answer: expected === 'allow' ? 'yes' : 'no' });
    expect(cell(ofCopies, 'team administrator', 'approve a deployment to production', 'from the internet').answer).toBe('no');
    expect(cell(ofAlone, 'team administrator', 'approve a deployment to production', 'from the internet')).toBeUndefined();
  });
});

describe('each answer has what decides it', () => {
  test('a statement, by the logical id of its policy and its Sid', () => {
    expect(cell(ofAlone, 'data scientist', 'read the data bucket', 'from the internet')).toMatchObject({ answer: 'no', statements: [{ effect: 'deny', kind: 'resource policy', policy: 'SecureMlops/Churn/Storage/Data/Policy', statement: 'DenyReadingFromOutside' }] });
  });

  test('or by what it says first, where it has none', () => {
    expect(cell(ofAlone, 'notebook', 'read the data bucket', 'from the VPC').statements).toEqual([{
      effect: 'allow',
      kind: 'identity policy',
      policy: expect.stringMatching(/^SecureMlops\/Churn\/ExecutionRoles\//) as string,
      statement: expect.stringMatching(/^allow s3:GetObject and \d+ more$/) as string,
    }]);
  });

  test('or that nothing allows it', () => {
    expect(cell(ofAlone, 'data scientist', 'read the data bucket', 'from the VPC')).toMatchObject({ answer: 'no', statements: [], reason: 'no policy of the role allows it' });
  });

  test('and the particulars of the request on which it depends', () => {
    const { answer, keys } = cell(ofAlone, 'notebook', 'start a training job', 'from the VPC');
    expect(answer).toBe('if');
    expect(keys).toEqual(expect.arrayContaining(['sagemaker:VpcSubnets', 'sagemaker:VolumeKmsKeyArn', 'sagemaker:InterContainerTrafficEncryption']));
  });

  test.each(['one', 'copies'])('in all cells of %s', (name) => {
    for (const one of (name === 'one' ? ofAlone : ofCopies).cells) {
      expect(one.answer).not.toBe('unknown');
      expect(one.statements.length > 0 || one.reason !== undefined).toBe(true);
      if (one.answer === 'yes' || one.answer === 'if') expect(one.statements).not.toEqual([]);
    }
  });
});

describe('what is not known is not allowed', () => {
  test('without the simulator', async () => {
    const { cells } = await read(alone, undefined);
    expect(new Set(cells.map(({ answer }) => answer))).toEqual(new Set(['unknown']));
    expect(cells[0].reason).toBe('@cloud-copilot/iam-simulate is not installed');
    expect(await simulatorIn(folder)).toBeUndefined();
  });

  test('where a policy is in no template', async () => {
    const changed = changedTemplate((resource) => {
      if (resource.Type === 'AWS::IAM::Role' && String(resource.Properties.RoleName).includes('--data-scientist-')) {
        resource.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess'];
      }
    });
    const matrix = await read(changed, simulator);
    expect(cell(matrix, 'data scientist', 'read the data bucket', 'from the VPC'))
      .toMatchObject({ answer: 'unknown', reason: 'arn:aws:iam::aws:policy/ReadOnlyAccess cannot be read before a deployment' });
    // Denied is denied, whatever it says.
    expect(cell(matrix, 'data scientist', 'read the data bucket', 'from the internet').answer).toBe('no');
  });

  test('where roles exist already', async () => {
    const matrix = await read(synthesized('brought along'), simulator);
    expect(cell(matrix, 'notebook', 'read the data bucket', 'from the VPC'))
      .toMatchObject({ answer: 'unknown', reason: 'the role is in no template: it exists already' });
  }, 300_000);
});

describe('the command', () => {
  const run = (...parameters: string[]) => spawnSync(process.execPath, [join(ROOT, 'assets', 'cli', 'cdk-secure-mlops.js'), 'access', ...parameters], { encoding: 'utf8', cwd: folder });

  test('does not carry the simulator, and ends with 3 where it is not installed', () => {
    const { status, stdout, stderr } = run(alone, '--html', 'access.html');
    expect({ status, stderr }).toEqual({
      status: 3, stderr: 'Nothing is decided without the policy simulator, which has a licence of its own (AGPL). Install it in this project: npm install --save-dev @cloud-copilot/iam-simulate@^0.1.173\n',
    });
    expect(stdout).toContain('- data, models, releases and reports buckets: read objects');
    expect(stdout).toContain('data scientist: `churn--data-scientist-eu-west-1`');
    expect(stdout).not.toContain('|');
    expect(readFileSync(join(folder, 'access.html'), 'utf8')).toContain('<h1>Who can do what in the environment churn</h1>');
  });

  test('refuses an app without an environment', () => {
    writeFileSync(join(folder, 'none.template.json'), '{"Resources":{}}');
    expect(run('none.template.json')).toMatchObject({ status: 2, stderr: expect.stringContaining('In none.template.json is no environment of this library') as string });
  });
});

interface Resource { readonly Type: string; readonly Properties: Record<string, unknown> }

/** The template of one line, with its resources changed. */
function changedTemplate(change: (resource: Resource) => void): string {
  const template = JSON.parse(readFileSync(join(alone, 'SecureMlops.template.json'), 'utf8')) as { Resources: Record<string, Resource> };
  Object.values(template.Resources).forEach(change);
  const manifest = JSON.parse(readFileSync(join(alone, 'manifest.json'), 'utf8')) as { artifacts: Record<string, { type: string }> };
  const changed = mkdtempSync(join(folder, 'changed-'));
  writeFileSync(join(changed, 'SecureMlops.template.json'), JSON.stringify(template));
  for (const artifact of Object.values(manifest.artifacts)) delete (artifact as { additionalMetadataFile?: string }).additionalMetadataFile;
  writeFileSync(join(changed, 'manifest.json'), JSON.stringify(manifest));
  return changed;
}

describe('two versions of an app', () => {
  test('are the same, if nothing is different', () => {
    expect(differencesAsMarkdown(differencesOf(ofAlone, ofAlone), 1)).toBe('# What is different\n\nEverybody can do what they could before, and nothing else.\n');
  });

  test('differ in what a policy opens', async () => {
    const open = await read(changedTemplate((resource) => {
      if (resource.Type === 'AWS::IAM::Role' && String(resource.Properties.RoleName).includes('--data-scientist-')) {
        resource.Properties.Policies = [{ PolicyName: 'Shortcut', PolicyDocument: { Version: '2012-10-17', Statement: [{ Sid: 'ReadAll', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] } }];
      }
    }), simulator);
    const found = differencesOf(ofAlone, open);
    expect(found.map(({ kind }) => kind)).not.toContain('less');
    expect(found.map(({ sentence }) => sentence)).toContain(
      'The data scientist can now read the data bucket, read the models bucket, read the releases bucket and read the reports bucket, from the VPC '
      + '(ReadAll of ChurnPersonasDataScientistRoleFED63BC6/Shortcut).',
    );
    expect(differencesOf(open, ofAlone).map(({ kind, sentence }) => `${kind}: ${sentence}`))
      .toContain('less: The data scientist can no longer read the data bucket, read the models bucket, read the releases bucket and read the reports bucket, from the VPC.');
  });

  test('differ in what is not known any more', async () => {
    const [first] = differencesOf(ofAlone, await read(alone, undefined));
    expect(first).toMatchObject({
      kind: 'unknown', sentence: expect.stringMatching(/^Whether the data scientist, .+ can read .+, from everywhere, is not known any more: @cloud-copilot\/iam-simulate is not installed\.$/) as string,
    });
  });
});

describe('tables', () => {
  test('in Markdown have a row for what is as open to everybody, a column for those who may do the same, and what decides at the end', () => {
    const text = markdownOf(ofAlone);
    expect(text).toContain('# Who can do what in the environment churn\n');
    expect(text).toMatch(/\| what \| of \| data scientist, ML engineer \| team administrator \| .+ \| denied by \|/);
    expect(text).toMatch(/\| read objects .*`s3:GetObject`.* \| data bucket \| – \| – \| – \| V <sup>[\d,]+<\/sup> \|/);
    expect(text).toMatch(/\n\d+\. \*\*DenyReadingFromOutside\*\*, resource policy of Storage\/\{Data, /);
    expect(text).toContain('The environment has no role for: notebook in a shared space, ');
  });

  test('in HTML say the same, and for each cell all that decides it', () => {
    const html = htmlOf(ofAlone), count = (text: string, pattern: RegExp) => text.match(pattern)!.length;
    expect(count(html, /<td class="/g)).toBe(count(markdownOf(ofAlone), /^\| (?!what|---)/gm) * (count(html, /<th scope="col">/g) - 2));
    expect(html).toContain('from the internet: denied: DenyReadingFromOutside (resource policy of SecureMlops/Churn/Storage/Data/Policy)');
    expect(html).not.toMatch(/\b(src|href)=/);
  });
});
