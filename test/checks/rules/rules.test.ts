import { RuleCases } from './case';
import { MODELS } from './models';
import { NOTEBOOKS } from './notebooks';
import { look } from '../../../src/checks/core/look';
import { mappingOf } from '../../../src/checks/core/mapping';
import { CONTROLS } from '../../../src/checks/core/published';
import { Template } from '../../../src/checks/core/template';
import { RULES } from '../../../src/checks/rules/all';

const CASES: RuleCases[] = [...NOTEBOOKS, ...MODELS];

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
    packs: ['Operational Best Practices for HIPAA Security', 'Operational Best Practices for NIST 800-53 rev 5', 'Operational Best Practices for PCI DSS'],
  });
});
