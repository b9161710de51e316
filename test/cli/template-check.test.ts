import { spawnSync } from 'child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnNotebookInstance } from 'aws-cdk-lib/aws-sagemaker';
import * as fc from 'fast-check';
import { uriOf } from '../../src/cli/template-check/outputs';
import { parseTemplate } from '../../src/cli/template-check/yaml';

const COMMAND = resolve(__dirname, '..', '..', 'assets', 'cli', 'cdk-secure-mlops.js');
const folder = mkdtempSync(join(tmpdir(), 'template-check-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...parameters: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, 'check', ...parameters], { encoding: 'utf8', cwd: folder, env: { PATH: process.env.PATH } });
  return { status, stdout, stderr };
}

function written(file: string, text: string | object): string {
  mkdirSync(join(folder, file, '..'), { recursive: true });
  writeFileSync(join(folder, file), typeof text === 'string' ? text : JSON.stringify(text, undefined, 2));
  return file;
}

const notebook = (properties: object, more: object = {}) => ({ Type: 'AWS::SageMaker::NotebookInstance', Properties: properties, ...more });
const ROOT = ['--rule', 'NotebookRootAccess'];

const BROKEN = written('broken.json', { Resources: { Good: notebook({ RootAccess: 'Disabled' }), Bad: notebook({ RootAccess: 'Enabled' }) } });
const KEPT = written('kept.json', { Resources: { Good: notebook({ RootAccess: 'Disabled' }) } });
const UNKNOWN = written('unknown.yaml', 'Parameters:\n  Root: { Type: String }\nResources:\n  Perhaps:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      RootAccess: !Ref Root\n');
const ACKNOWLEDGED = written('acknowledged.yaml', `Resources:
  Course:
    Type: AWS::SageMaker::NotebookInstance
    Metadata:
      cdk-secure-mlops:
        acknowledged:
          NotebookRootAccess: Courses install packages of the system.
`);

describe('check', () => {
  test.each([['no JSON', '// of another tool'], ['no assembly', 'null']])('looks at a template beside whose manifest.json is %s', (what, text) => {
    written(`${what}/manifest.json`, text);
    const file = written(`${what}/broken.json`, { Resources: { Bad: notebook({ RootAccess: 'Enabled' }) } });
    expect(run(file, ...ROOT)).toMatchObject({ status: 1, stderr: '' });
  });

  test('says what breaks a rule, where, and what to do, and ends with 1', () => {
    expect(run(BROKEN, ...ROOT)).toEqual({
      status: 1,
      stdout: 'violation broken.json:9 Bad (NotebookRootAccess, SageMaker.3): RootAccess is Enabled.\n'
        + '          Set RootAccess to Disabled. Lifecycle scripts run as root all the same.\n'
        + '1 violations, 0 unknown, 0 acknowledged, by 1 rules over 1 templates.\n',
      stderr: '',
    });
  });

  test.each([
    ['nothing is found', [KEPT], 0],
    ['something is acknowledged', [ACKNOWLEDGED], 0],
    ['only the deployment will tell', [UNKNOWN], 3],
    ['only the deployment will tell, and that may be', [UNKNOWN, '--allow-unknown'], 0],
    ['something is broken, whatever else may be', [UNKNOWN, BROKEN, '--allow-unknown'], 1],
  ])('where %s, %j ends with %i', (_, parameters, status) => {
    expect(run(...parameters, ...ROOT).status).toBe(status);
  });

  test('tells what is unknown apart from what is broken, with the reason', () => {
    expect(run(UNKNOWN, ...ROOT).stdout).toContain('unknown unknown.yaml:4 Perhaps (NotebookRootAccess, SageMaker.3): RootAccess is the parameter Root, which has no default.\n');
  });

  test('looks at patterns, and at directories with everything below them', () => {
    written('some/one.template.json', { Resources: { A: notebook({}) } });
    written('some/deep/two.yml', 'Resources:\n  B:\n    Type: AWS::SageMaker::NotebookInstance\n');
    written('some/package.json', { name: 'no template' });
    for (const parameters of [['some'], ['some/**/*.json', 'some/**/*.yml'], ['some/*.json', 'some/deep/*']]) {
      expect(run(...parameters, ...ROOT).stdout).toContain('2 violations, 0 unknown, 0 acknowledged, by 1 rules over 2 templates.');
    }
  });

  test('looks at what cdk synth wrote, with what its constructs acknowledge', () => {
    const app = new App({ outdir: join(folder, 'cdk.out'), analyticsReporting: false });
    const stack = new Stack(app, 'Stack');
    const props = { instanceType: 'ml.t3.medium', roleArn: 'role' };
    Validations.of(new CfnNotebookInstance(stack, 'Course', props)).acknowledge({ id: 'SecureMlops-NotebookRootAccess', reason: 'Courses.' });
    new CfnNotebookInstance(stack, 'Bad', props);
    app.synth();
    const { status, stdout } = run(...ROOT);
    expect(status).toBe(1);
    expect(stdout).toContain('1 violations, 0 unknown, 1 acknowledged, by 1 rules over 1 templates.');
    expect(stdout).toMatch(/^violation cdk\.out\/Stack\.template\.json:\d+ Bad /);
  });

  test('prints JSON for machines, with what AWS publishes of a rule', () => {
    const { findings } = JSON.parse(run(BROKEN, ACKNOWLEDGED, '--json', ...ROOT).stdout) as { findings: Record<string, unknown>[] };
    expect(findings).toMatchObject([
      { state: 'violation', rule: 'NotebookRootAccess', severity: 'high', template: 'broken.json', line: 9, resource: 'Bad', property: 'RootAccess', controls: ['SageMaker.3'] },
      { state: 'acknowledged', resource: 'Course', reason: 'Courses install packages of the system.' },
    ]);
  });

  test('writes SARIF 2.1.0, in which acknowledged findings are suppressed and unknown ones open', () => {
    run(BROKEN, UNKNOWN, ACKNOWLEDGED, '--sarif', 'report.sarif', ...ROOT);
    const { version, runs: [{ tool, results }] } = JSON.parse(readFileSync(join(folder, 'report.sarif'), 'utf8')) as { version: string; runs: { tool: { driver: { rules: object[] } }; results: object[] }[] };
    expect(version).toBe('2.1.0');
    expect(tool.driver.rules).toMatchObject([{ id: 'NotebookRootAccess', helpUri: 'https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html' }]);
    expect(results).toMatchObject([
      { ruleId: 'NotebookRootAccess', ruleIndex: 0, level: 'error', kind: 'fail', locations: [{ physicalLocation: { artifactLocation: { uri: 'broken.json' }, region: { startLine: 9 } } }] },
      { kind: 'open', level: 'none' },
      { kind: 'fail', suppressions: [{ kind: 'inSource', justification: 'Courses install packages of the system.' }] },
    ]);
  });

  test('writes JUnit, in which what is unknown is skipped', () => {
    run(BROKEN, UNKNOWN, '--junit', 'report.xml', ...ROOT);
    expect(readFileSync(join(folder, 'report.xml'), 'utf8')).toBe([
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<testsuites name="cdk-secure-mlops check">',
      '  <testsuite name="broken.json" tests="1" failures="1" skipped="0" errors="0">',
      '    <testcase classname="broken.json" name="NotebookRootAccess"><failure message="Bad: RootAccess is Enabled.">Bad: RootAccess is Enabled.</failure></testcase>',
      '  </testsuite>',
      '  <testsuite name="unknown.yaml" tests="1" failures="0" skipped="1" errors="0">',
      '    <testcase classname="unknown.yaml" name="NotebookRootAccess"><skipped message="Perhaps: RootAccess is the parameter Root, which has no default."/></testcase>',
      '  </testsuite>',
      '</testsuites>',
      '',
    ].join('\n'));
  });

  test('takes values of parameters, and does not take a default for a value', () => {
    const file = written('parameters.yaml', 'Parameters:\n  Root: { Type: String, Default: Disabled }\nResources:\n  It:\n    Type: AWS::SageMaker::NotebookInstance\n    Properties:\n      RootAccess: !Ref Root\n');
    expect(run(file, ...ROOT).status).toBe(3);
    expect(run(file, ...ROOT, '--parameter', 'Root=Disabled').status).toBe(0);
    expect(run(file, ...ROOT, '--parameter', 'Root=Enabled').status).toBe(1);
    // What is after the first sign is the value.
    expect(run(file, ...ROOT, '--parameter', 'Root=Dis=abled').stdout).toContain('RootAccess is Dis=abled.');
  });

  test('takes accounts that images may come from', () => {
    const file = written('image.json', { Resources: { It: { Type: 'AWS::SageMaker::Model', Properties: { PrimaryContainer: { Image: '222222222222.dkr.ecr.eu-west-1.amazonaws.com/churn:1' } } } } });
    expect(run(file, '--rule', 'ModelImageRegistry').status).toBe(3);
    expect(run(file, '--rule', 'ModelImageRegistry', '--image-account', '222222222222').status).toBe(0);
  });

  test('follows links, not in a circle, and looks at a file once', () => {
    written('linked/real/one.json', { Resources: { A: notebook({}) } });
    symlinkSync(join(folder, 'linked/real'), join(folder, 'linked/again'));
    symlinkSync(join(folder, 'linked'), join(folder, 'linked/real/circle'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'linked/broken.json'));
    written('outside/two.json', { Resources: { B: notebook({}) } });
    symlinkSync(join(folder, 'outside/two.json'), join(folder, 'linked/two.json'));
    expect(run('linked', ...ROOT).stdout).toContain('2 violations, 0 unknown, 0 acknowledged, by 1 rules over 2 templates.');
  });

  test('names files in SARIF as URIs, and writes JUnit that is XML, whatever they are called', () => {
    const file = written('mes modèles/été #1 <&\'">.json', { Resources: { A: notebook({}) } });
    run(file, '--sarif', 'named.sarif', '--junit', 'named.xml', ...ROOT);
    const { runs: [{ results: [{ locations: [{ physicalLocation }] }] }] } = JSON.parse(readFileSync(join(folder, 'named.sarif'), 'utf8')) as { runs: { results: { locations: { physicalLocation: object }[] }[] }[] };
    expect(physicalLocation).toMatchObject({ artifactLocation: { uri: 'mes%20mod%C3%A8les/%C3%A9t%C3%A9%20%231%20%3C%26%27%22%3E.json' } });
    const xml = readFileSync(join(folder, 'named.xml'), 'utf8');
    expect(xml).toContain('<testsuite name="mes modèles/été #1 &lt;&amp;\'&quot;&gt;.json"');
  });

  test('a name of a file is told from its URI', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[^/\\\ud800-\udfff]+$/), { minLength: 1 }), (parts) => {
      const file = parts.join('/');
      const uri = uriOf(file);
      expect(uri).toMatch(/^[A-Za-z0-9/%._~:-]+$/);
      expect(decodeURIComponent(uri)).toBe(file);
    }));
    expect([uriOf('/a b/c.json'), uriOf('C:\\a b\\c.json')]).toEqual(['file:///a%20b/c.json', 'file:///C:/a%20b/c.json']);
  });

  test('lists its rules', () => {
    expect(run('--rules').stdout).toContain('NotebookRootAccess (high): People are not root on notebook instances.\n');
  });

  test.each([
    [['nowhere'], 'There is no nowhere. Name templates, or the directory that "npx cdk synth" writes.'],
    [['no*.json'], 'There is no no*.json.'],
    [[KEPT, '--rule', 'NotebookRoot'], 'There is no rule NotebookRoot. "npx cdk-secure-mlops check --rules" lists those that there are.'],
    [[KEPT, '--exclude', 'Notebook*'], 'There is no rule Notebook*.'],
    [[KEPT, ...ROOT, '--exclude', 'NotebookRootAccess'], 'Every rule is excluded. Leave one to look at.'],
    [[KEPT, '--parameter', 'Root'], '--parameter must be a name and a value, such as Stage=prod, got Root.'],
    [[KEPT, '--parameter', 'Root=a', '--parameter', 'Root=b'], 'The parameter Root is given twice. Give it once.'],
    [[KEPT, '--parameter', 'Roots=a'], 'No template has the parameter Roots. Name one that a template has.'],
    [[KEPT, '--image-account', '1234'], '--image-account must be an account id of 12 digits, got 1234.'],
    [[KEPT, '--sarif', 'no/where.sarif'], 'no/where.sarif cannot be written: '],
    [[written('some/package.json', { name: 'x' })], 'some/package.json is refused. It has no Resources, so it is no template of CloudFormation.'],
    [[written('text.yaml', 'just a sentence')], 'text.yaml is refused. It has no Resources'],
    [[written('wrong.yaml', 'Resources: [')], 'wrong.yaml is refused. It cannot be read: '],
    [[written('alias.yaml', 'Resources:\n  A: &a { Type: T }\n  B: *a\n')], 'alias.yaml is refused. It cannot be read: *a is an alias, which CloudFormation does not take.'],
    [[written('large.json', { Resources: { A: { Type: 'T', Properties: { P: 'x'.repeat(5_000_000) } } } })], 'large.json is refused. It has 5000'],
    [[written('circle.yaml', 'Resources:\n  A: { Type: T, Properties: { P: !Ref B } }\n  B: { Type: T, Properties: { P: !Sub "${A.Arn}" } }\n')], 'circle.yaml is refused. Its parts need one another in a circle: A -> B -> A.'],
    [[written('empty/readme.txt', '') && 'empty'], 'In empty is no template.'],
  ])('called wrongly (%j) ends with 2 and says why', (parameters, message) => {
    const { status, stdout, stderr } = run(...parameters);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('YAML is read as CloudFormation reads it', () => {
  test.each<[string, unknown]>([
    ['!Ref A', { Ref: 'A' }],
    ['!GetAtt A.Arn', { 'Fn::GetAtt': 'A.Arn' }],
    ['!GetAtt [A, Arn]', { 'Fn::GetAtt': ['A', 'Arn'] }],
    ['!Sub "${A}-x"', { 'Fn::Sub': '${A}-x' }],
    ['!Sub ["${V}", { V: !Ref A }]', { 'Fn::Sub': ['${V}', { V: { Ref: 'A' } }] }],
    ['!If [C, !Ref A, !Ref "AWS::NoValue"]', { 'Fn::If': ['C', { Ref: 'A' }, { Ref: 'AWS::NoValue' }] }],
    ['!Not [!Condition C]', { 'Fn::Not': [{ Condition: 'C' }] }],
    ['Fn::Join:\n  - ","\n  - !Split ["-", !ImportValue x]', { 'Fn::Join': [',', { 'Fn::Split': ['-', { 'Fn::ImportValue': 'x' }] }] }],
    ['Version: 2012-10-17', { Version: '2012-10-17' }],
    ['012345678901: "yes"', { '012345678901': 'yes' }],
    ['[yes, on, No, OFF, true]', [true, true, false, false, true]],
  ])('%s', (text, value) => {
    expect(parseTemplate(text)).toEqual(value);
  });
});
