import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, CfnParameter, PolicyValidationPluginReport, Stack, Stage, Validations } from 'aws-cdk-lib';
import { CfnModel, CfnNotebookInstance } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { SecureMlopsChecks, SecureMlopsChecksProps } from '../../src';

const folder = mkdtempSync(join(tmpdir(), 'checks-'));
afterAll(() => rmSync(folder, { recursive: true }));

function notebook(scope: Construct, id: string, props: Partial<ConstructorParameters<typeof CfnNotebookInstance>[2]> = {}) {
  return new CfnNotebookInstance(scope, id, { instanceType: 'ml.t3.medium', roleArn: 'role', ...props });
}

/** What the plugin says of an app, and what becomes of the process. */
function synthesized(build: (app: App) => unknown, props: SecureMlopsChecksProps = { rules: ['NotebookRootAccess'] }) {
  let report: PolicyValidationPluginReport | undefined;
  class Heard extends SecureMlopsChecks {
    public validate(...context: Parameters<SecureMlopsChecks['validate']>) {
      return report = super.validate(...context);
    }
  }
  const app = new App({ outdir: mkdtempSync(join(folder, 'out-')), analyticsReporting: false });
  Validations.of(app).addPlugins(new Heard(props));
  build(app);
  const printed = jest.spyOn(console, 'error').mockImplementation();
  app.synth();
  const text = printed.mock.calls.flat().join('\n');
  printed.mockRestore();
  const code = process.exitCode;
  process.exitCode = undefined;
  return { report: report!, code, text };
}

test('a resource that breaks a rule fails the synthesis, and the report says which, why and what to do', () => {
  const { report, code, text } = synthesized((app) => notebook(new Stack(app, 'Stack'), 'Notebook'));
  expect(code).toBe(1);
  expect(report).toMatchObject({
    success: false,
    metadata: { acknowledged: '0', unknown: '0' },
    violations: [{
      ruleName: 'SecureMlops-NotebookRootAccess',
      description: 'People are not root on notebook instances.',
      fix: 'Set RootAccess to Disabled. Lifecycle scripts run as root all the same. https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-root-access.html',
      severity: 'error',
      ruleMetadata: {
        'Severity': 'high',
        'Security Hub': 'SageMaker.3',
        'AWS Config': 'sagemaker-notebook-instance-root-access-check',
        'NIST 800-53 r5': 'AC-2(1), AC-3(15), AC-3(7), AC-6, AC-6(10), AC-6(2)',
        'Conformance packs': 'Amazon Sagemaker AI Security and Governance best practices',
      },
      violatingResources: [{ resourceLogicalId: 'Notebook', locations: ['RootAccess is not given, and is then Enabled.'] }],
    }],
  });
  expect(text).toContain('Stack/Notebook');
});

test('an app that keeps the rules passes', () => {
  const { report, code } = synthesized((app) => notebook(new Stack(app, 'Stack'), 'Notebook', { rootAccess: 'Disabled' }));
  expect({ report, code }).toEqual({ report: { success: true, violations: [], metadata: { acknowledged: '0', unknown: '0' } }, code: undefined });
});

test('what only the deployment decides is a warning, and not compliant', () => {
  const { report, code } = synthesized((app) => {
    const stack = new Stack(app, 'Stack');
    notebook(stack, 'Notebook', { rootAccess: new CfnParameter(stack, 'Root').valueAsString });
  });
  expect(code).toBeUndefined();
  expect(report).toMatchObject({
    success: true,
    metadata: { unknown: '1' },
    violations: [{ severity: 'warning', description: 'People are not root on notebook instances. Only the deployment will tell.' }],
  });
});

test('stacks of stages are looked at', () => {
  const { report } = synthesized((app) => notebook(new Stack(new Stage(app, 'Production'), 'Stack'), 'Notebook'));
  expect(report.violations).toHaveLength(1);
});

describe('a finding that is acknowledged', () => {
  test.each(['Stack', 'Stack/Team', 'Stack/Team/Notebook'])('at the construct %s is none there, and one everywhere else', (path) => {
    const { report } = synthesized((app) => {
      const stack = new Stack(app, 'Stack');
      notebook(new Construct(stack, 'Team'), 'Notebook');
      notebook(new Stack(app, 'Other'), 'Notebook');
      const construct = path.split('/').reduce<Construct>((scope, id) => scope.node.findChild(id) as Construct, app);
      Validations.of(construct).acknowledge({ id: 'SecureMlops-NotebookRootAccess', reason: 'Taught in class.' });
    });
    expect(report.violations[0].violatingResources.map(({ templatePath }) => templatePath!.replace(/.*\//, ''))).toEqual(['Other.template.json']);
    expect(report.metadata).toMatchObject({ acknowledged: '1' });
  });

  test.each([
    ['cdk-secure-mlops', { acknowledged: { NotebookRootAccess: 'Taught in class.' } }],
    ['cdk_nag', { rules_to_suppress: [{ id: 'SecureMlops-NotebookRootAccess', reason: 'Taught in class.' }] }],
    ['cdk_nag', { rules_to_suppress: [{ id: 'SecureMlops-NotebookRootAccess', reason: 'VGF1Z2h0', is_reason_encoded: true }] }],
  ])('in the metadata %s of the template is none: %j', (name, metadata) => {
    const { report } = synthesized((app) => notebook(new Stack(app, 'Stack'), 'Notebook').addMetadata(name, metadata));
    expect(report).toMatchObject({ success: true, violations: [], metadata: { acknowledged: '1' } });
  });

  test('without a reason stays one', () => {
    const { report } = synthesized((app) => notebook(new Stack(app, 'Stack'), 'Notebook').addMetadata('cdk-secure-mlops', { acknowledged: { NotebookRootAccess: ' ' } }));
    expect(report.success).toBe(false);
  });
});

describe('rules', () => {
  test('can be left out', () => {
    const build = (app: App) => {
      const stack = new Stack(app, 'Stack');
      notebook(stack, 'Notebook', { rootAccess: 'Disabled', directInternetAccess: 'Disabled' });
      new CfnModel(stack, 'Model', { executionRoleArn: 'role' });
    };
    expect(synthesized(build, {}).report.violations.map(({ ruleName }) => ruleName)).toContain('SecureMlops-ModelNetworkIsolation');
    expect(synthesized(build, { excludedRules: ['ModelNetworkIsolation'] }).report.violations.map(({ ruleName }) => ruleName)).not.toContain('SecureMlops-ModelNetworkIsolation');
  });

  test('that there are not are refused', () => {
    expect(() => new SecureMlopsChecks({ rules: ['NotebookRoot'] })).toThrow(/^\[SecureMlopsChecks\] rules must be names of rules, got \["NotebookRoot"\]\. The rules are NotebookDirectInternet, /);
    expect(() => new SecureMlopsChecks({ excludedRules: ['NotebookRoot'] })).toThrow(/^\[SecureMlopsChecks\] excludedRules must be names of rules, got \["NotebookRoot"\]/);
  });

  test('must be left to look at', () => {
    expect(() => new SecureMlopsChecks({ rules: [] })).toThrow('[SecureMlopsChecks] rules must have at least one element, got []');
    expect(() => new SecureMlopsChecks({ rules: ['NotebookRootAccess'], excludedRules: ['NotebookRootAccess'] })).toThrow('[SecureMlopsChecks] excludedRules must leave a rule to look at, got ["NotebookRootAccess"]. Exclude fewer');
  });
});

test('the report lies in the cloud assembly, which the plugin does not change', () => {
  const out = mkdtempSync(join(folder, 'out-'));
  const app = new App({ outdir: out, analyticsReporting: false });
  Validations.of(app).addPlugins(new SecureMlopsChecks());
  notebook(new Stack(app, 'Stack'), 'Notebook');
  const printed = jest.spyOn(console, 'error').mockImplementation();
  app.synth();
  printed.mockRestore();
  process.exitCode = undefined;
  expect(readFileSync(join(out, 'policy-validation-report.json'), 'utf8')).toContain('SecureMlops-NotebookDirectInternet');
});
