import { readFileSync } from 'fs';
import { join } from 'path';
import { grantedBy } from './granted';
import { managedPolicies } from './managed-policies';
import { widerThan } from './wider';
import { churn } from '../../access/churn-app';
import { Scenario } from '../../access/scenario';
import { compare, readExplanations } from '../explained';
import { printFigures } from '../figures';

interface Job {
  readonly who: string;
  readonly policies: string[];
}

const file = (name: string) => join(__dirname, name);
const jobs = JSON.parse(readFileSync(file('jobs.json'), 'utf8')) as Job[];
const notGiven: string[] = [];
const demanded: string[] = [];
const wider: string[] = [];
const elsewhere: string[] = [];
let named = 0;

beforeAll(async () => {
  const system = churn();
  const aws = await managedPolicies(jobs.flatMap(({ policies }) => policies));
  let asked = 0;
  for (const { who, policies } of jobs) {
    const requester = system.who({ who } as Scenario)!;
    const documents = requester.identityPolicies!.map(({ document }) => document);
    const ours = await grantedBy(documents);
    const breadth = await widerThan(policies.map((name) => aws[name]), documents, requester.account!.id);
    named += breadth.asked;
    wider.push(...breadth.wider.map((what) => `${who}: ${what}`));
    elsewhere.push(...breadth.elsewhere.map((what) => `${who}: ${what}`));
    for (const [action, theirConditions] of await grantedBy(policies.map((name) => aws[name]))) {
      asked++;
      const conditions = ours.get(action);
      if (conditions) demanded.push(...[...conditions].filter((key) => !theirConditions.has(key)).map((key) => `${who}: ${action} ${key}`));
      else notGiven.push(`${who}: ${action}`);
    }
  }
  printFigures('AWS managed policies', { 'actions asked': asked, 'not given': notGiven.length, 'conditions of ours': demanded.length, 'names asked': named, 'on any name': wider.length, 'on other types': elsewhere.length });
}, 300_000);

test('what AWS gives for a job and we do not has a reason', () => {
  expect(compare(notGiven, readExplanations(file('not-given.json')))).toEqual({ unexplained: [], stale: [] });
});

test('what we demand and AWS does not has a reason, and a page that says that it is sent', () => {
  expect(compare(demanded, readExplanations(file('conditions.json')))).toEqual({ unexplained: [], stale: [] });
});

test('what AWS gives on some names only, we give on some names only', () => {
  expect(wider).toEqual([]);
});

test('what we give on a type of resource on which AWS does not has a reason', () => {
  expect(compare(elsewhere, readExplanations(file('other-types.json')))).toEqual({ unexplained: [], stale: [] });
});
