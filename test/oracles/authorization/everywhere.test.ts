import { join } from 'path';
import { actionsOf, referencedAction } from './reference';
import { churn } from '../../access/churn-app';
import { listOf } from '../../access/policy-document';
import { compare, readExplanations } from '../explained';

const everywhere = new Set<string>();

beforeAll(async () => {
  const policies = churn().reader.roles().flatMap(({ identityPolicies }) => identityPolicies);
  const open = policies.flatMap(({ document }) => document.Statement)
    .filter(({ Effect, Resource, NotResource, Condition }) => Effect === 'Allow' && (NotResource !== undefined || listOf(Resource ?? []).includes('*')) && Condition === undefined);
  for (const action of (await Promise.all(open.flatMap(({ Action }) => listOf(Action).map(actionsOf)))).flat()) {
    const { resources } = await referencedAction(action);
    if (resources.length > 0) everywhere.add(action);
  }
}, 60_000);

test('what is allowed on everything, and could be allowed on a resource, has a reason', () => {
  expect(compare([...everywhere], readExplanations(join(__dirname, 'everywhere.json')))).toEqual({ unexplained: [], stale: [] });
});

test('is only looked at, but for the share of a portfolio of AWS', () => {
  expect([...everywhere].filter((action) => !/:(Describe|List|Get|BatchGet|BatchDescribe)/.test(action))).toEqual(['servicecatalog:AcceptPortfolioShare']);
});
