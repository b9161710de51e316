import { join } from 'path';
import { deploy } from './deployment';
import { deployments } from './deployments';
import { actionsIn, launchedEnvironment } from './launch';
import { Registry } from './registry';
import { LAUNCHABLE_TYPES } from '../../../src/environment/private/launchable-types';
import { actionsOf } from '../authorization/reference';
import { compare, readExplanations } from '../explained';
import { printFigures } from '../figures';

const explanations = readExplanations(join(__dirname, 'explanations.json'));
const refused: string[] = [];
const launched = launchedEnvironment();
const known = deployments();
const targets = known.find(({ who }) => who === 'the launch role of targets')!;
const members = known.find(({ who }) => who === 'the launch role of members')!;

beforeAll(async () => {
  const registry = await Registry.of();
  let asked = 0;
  for (const deployment of [...known, launched.deployment]) {
    const outcome = await deploy(deployment, registry);
    asked += outcome.asked;
    refused.push(...outcome.refused);
  }
  const unexplained = compare(refused, explanations).unexplained.length;
  printFigures('CloudFormation registry', { 'permissions asked': asked, 'kinds refused': refused.length, 'of them explained': refused.length - unexplained });
}, 300_000);

test.each([
  ['the launch role', 'projects'],
  ['the launch role of members', 'members'],
  ['the deployment role', 'endpoints and monitors'],
  ['the execution role of stack sets', 'targets'],
  ['the launch role of targets', 'targets'],
  ['the launch role of environments', 'environments'],
  ['CloudFormation, of an environment', 'environments, past the policies of keys, buckets and buses'],
  ['CloudFormation, of a target', 'targets, past the policies of keys and buckets'],
])('%s may do what handlers ask for to deploy %s', (who) => {
  expect(compare(refused.filter((line) => line.startsWith(`${who}: `)), explanations).unexplained).toEqual([]);
});

test('every explanation is of something that is refused', () => {
  expect(compare(refused, explanations).stale).toEqual([]);
});

test.each([
  ['the launch role of environments', 'unneeded.json', launched.deployment, launched.actions],
  ['the launch role of targets', 'unneeded-targets.json', targets, actionsIn(targets.role.identityPolicies)],
  ['the launch role of members', 'unneeded-members.json', members, actionsIn(members.role.identityPolicies)],
])('%s may do nothing that no handler asks for, but what has a page', async (_, explained, { resources }, actions) => {
  const registry = await Registry.of();
  const types = resources.map(({ resource }) => resource.Type).filter((type) => type.startsWith('AWS::'));
  const asked = new Set(await Promise.all(types.flatMap((type) => registry.permissions(type)).map(actionsOf)).then((names) => names.flat()));
  const unneeded = [...new Set(actions)].filter((action) => !asked.has(action));
  expect(compare(unneeded, readExplanations(join(__dirname, explained)))).toEqual({ unexplained: [], stale: [] });
});

test('types that may be in a product are those that the launch role has been asked about', () => {
  const types = launched.deployment.resources.map(({ resource }) => resource.Type).filter((type) => type.startsWith('AWS::'));
  expect([...new Set(types)].sort()).toEqual([...LAUNCHABLE_TYPES].sort());
});
