import { recordsFromOutside, Rule, rulesOf } from './rules';
import { churn } from '../../access/churn-app';
import { mutantsOf } from '../../access/mutants';
import { Requester } from '../../access/request/requester';
import { Scenario } from '../../access/scenario';
import { AccessRequest, Replacements, Simulator } from '../../access/simulator';
import { keyUsers } from '../perimeter/theorems';
import { Solver } from '../solver';
import { Errand } from '../steps/errand';

const system = churn({ props: () => ({ sharedSpaces: true }) });
/** Roles of the environment whose guardrails hold even if everything else were allowed to them, and roles as they are. */
const GUARDED = ['studioExecution', 'dataPreparation', 'sharedSpace', 'pipelineExecution', 'jobExecution'].map((who) => `guarded:${who}`);
const WORKERS = [
  'studioExecution', 'dataPreparation', 'jobExecution', 'batchInference',
  'targetDeployment', 'targetMonitoringSchedule', 'productionDeployment', 'productionMonitoringSchedule',
];
const WITH_RECORDS = ['studioExecution', 'dataPreparation', 'jobExecution'];
const BUCKETS = ['dataBucket', 'modelBucket', 'releaseBucket', 'reportBucket', 'artifactBucket', 'templateBucket', 'mlflowBucket', 'offlineStoreBucket'];
/** Denies about Athena and Glue, of which no rule speaks: the data bucket lets data preparation alone ask through Athena. */
const UNPROVED = ['DenyCatalogFromOutside', 'DenyQueriesFromOutside', 'DenyResultsElsewhere'];

const whoIs = (who: string): Requester => system.who({ who } as Scenario)!;
const allRules = (who: string): Rule[] => [...rulesOf(system, who), ...(WITH_RECORDS.includes(who) ? [recordsFromOutside(system)] : [])];
function keysOf({ broken: { given, foreign, unlike, missing = [] } }: Rule): string[] {
  return [...Object.keys({ ...given, ...foreign, ...unlike }), ...missing];
}

/** Requests by which somebody breaks rules, those that there are. */
async function breaches(who: Requester, rules: Rule[], solver: Solver, replacements?: Replacements): Promise<[string, AccessRequest][]> {
  const errands: [string, Errand][] = [];
  for (const { name, broken } of rules) errands.push([name, await Errand.of(who, broken, replacements)]);
  const open = errands.filter(([, errand]) => !errand.isIdle);
  const answers = solver.examples(open.map(([, errand]) => ({ script: errand.script(), unknowns: errand.unknowns() })));
  return open.flatMap(([name, errand], at): [string, AccessRequest][] => (answers[at] ? [[name, errand.requestOf(answers[at])]] : []));
}

/** The same in words, with what the simulator says of each. */
async function inWords(found: [string, AccessRequest][]): Promise<string[]> {
  const simulator = new Simulator();
  return Promise.all(found.map(async ([name, request]) => (
    `${(await simulator.decide(request)).outcome}: ${name}: ${request.action} ${request.on.arn} ${JSON.stringify(request.context)}`)));
}

test.each([...GUARDED, ...WORKERS])('whatever %s asks of SageMaker is encrypted with the right key, and in the network', async (who) => {
  expect(await inWords(await breaches(whoIs(who), allRules(who), await Solver.start()))).toEqual([]);
});

test.each(keyUsers())('%s, for whom S3 uses keys, reads and writes objects of the environment\'s buckets only', async (who) => {
  const but = BUCKETS.map((on) => `${system.arnOf(on, { who, on, does: '' } as Scenario)}/*`);
  const rule = { name: 'another bucket', broken: { does: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject'], but } };
  expect(await inWords(await breaches(whoIs(who), [rule], await Solver.start()))).toEqual([]);
});

test('a deny that is dropped from what people and jobs work with breaks a rule, and the simulator sees it broken', async () => {
  const solver = await Solver.start(), noticed = new Map<string, boolean>(), simulator = new Simulator();
  for (const who of [...GUARDED, ...WORKERS]) {
    const requester = whoIs(who), rules = allRules(who);
    for (const { name, policy, index, document } of requester.identityPolicies!.flatMap(mutantsOf)) {
      const { Effect, Condition = {} } = policy.document.Statement[index];
      if (Effect !== 'Deny' || !name.endsWith(' dropped') || noticed.get(name)) continue;
      const keys = Object.values(Condition).flatMap((each) => Object.keys(each));
      const concerned = rules.filter((rule) => keysOf(rule).some((key) => keys.includes(key)));
      const [found] = await breaches(requester, concerned, solver, new Map([[policy.name, document]]));
      noticed.set(name, found !== undefined && (await simulator.decide(found[1])).outcome === 'allow');
    }
  }
  const unnoticed = [...noticed].flatMap(([name, yes]) => (yes ? [] : [name.split(' ')[1]]));
  expect(noticed.size).toBeGreaterThan(40);
  expect(unnoticed.sort()).toEqual(UNPROVED);
}, 600_000);
