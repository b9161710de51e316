import { exchangeable } from './exchangeable';
import { Reach, reachedBy, stepsOf } from './reach';
import { EVERYBODY, ROWS } from './rows';
import { DeploymentStage, ModelApproval, ProjectBlueprint } from '../../../src';
import { contentOf, Offer } from '../../mlops/fixture';
import { Json } from '../../templates/carried';
import { churn } from '../churn-app';
import { Simulator } from '../simulator';

/*
 * What somebody can do in several steps: open Studio, pass a role to a job, push to a repository whose build has a role, exchange
 * what a build fetches. Every step is a request that the simulator allows; nobody may come further than this page says.
 */

const stages = ['staging', 'production'].map((name) => DeploymentStage.accounts(name, {
  accounts: [name === 'staging' ? '222222222222' : '333333333333'], monitoring: {}, approval: ModelApproval.manual(),
}));
const offer = new Offer({ deploymentStages: stages });
const TEMPLATES = [
  ProjectBlueprint.buildTrain(), ProjectBlueprint.fineTune(), ProjectBlueprint.deploy(), ProjectBlueprint.monitoring(),
  ProjectBlueprint.batchInference(), ProjectBlueprint.imageBuild(),
]
  .map((blueprint, at) => offer.add({ blueprint }, `Offered${at}`)).map((made) => contentOf(offer, made));
const system = churn({ props: () => ({ sharedSpaces: true }) }), simulator = new Simulator();

function rowsOf(steps: Reach): Record<string, string[]> {
  return Object.fromEntries(EVERYBODY.map((who): [string, string[]] => [who, reachedBy(who, steps)]).filter(([, reached]) => reached.length > 0));
}

/** The template as it would be if builds trusted what they fetch, and took it from where a launcher says. */
function trusting(template: Json): Json {
  const text = JSON.stringify(template, (key, value: unknown) => (key === 'AllowedValues' ? undefined : value));
  return JSON.parse(text.replace(/sha256sum --check/g, 'sha256sum')) as Json;
}

test('nobody works as somebody outside of their row, in any number of steps', async () => {
  const steps = await stepsOf(EVERYBODY, TEMPLATES.flatMap(exchangeable), system, simulator);
  const sorted = Object.fromEntries(Object.entries(ROWS).map(([who, reached]) => [who, [...reached].sort()]));
  expect(rowsOf(steps)).toEqual(sorted);
}, 600_000);

test('whoever could exchange what a release fetches would come to production, and the search finds it', async () => {
  const found = TEMPLATES.map(trusting).flatMap(exchangeable);
  expect(found).toContain('release');
  const steps = await stepsOf(['dataScientist', 'studioExecution', 'release', 'stackSetAdministrator'], found, system, simulator);
  expect(reachedBy('dataScientist', steps)).toEqual(expect.arrayContaining(['release', 'stackSetAdministrator', 'productionDeployment']));
}, 600_000);

test('a template whose builds compare what they fetch, or that takes it from one place only, lets nothing be exchanged', () => {
  expect(TEMPLATES.flatMap(exchangeable)).toEqual([]);
  for (const template of TEMPLATES) {
    expect(exchangeable(JSON.parse(JSON.stringify(template).replace(/sha256sum --check/g, 'sha256sum')) as Json)).toEqual([]);
  }
});
