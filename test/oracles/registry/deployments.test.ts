import { join } from 'path';
import { deploy } from './deployment';
import { deployments } from './deployments';
import { Registry } from './registry';
import { compare, readExplanations } from '../explained';
import { printFigures } from '../figures';

const explanations = readExplanations(join(__dirname, 'explanations.json'));
const refused: string[] = [];

beforeAll(async () => {
  const registry = await Registry.of();
  let asked = 0;
  for (const deployment of deployments()) {
    const outcome = await deploy(deployment, registry);
    asked += outcome.asked;
    refused.push(...outcome.refused);
  }
  const unexplained = compare(refused, explanations).unexplained.length;
  printFigures('CloudFormation registry', { 'permissions asked': asked, 'kinds refused': refused.length, 'of them explained': refused.length - unexplained });
}, 300_000);

test.each([
  ['the launch role', 'projects'],
  ['the deployment role', 'endpoints and monitors'],
  ['the execution role of stack sets', 'targets'],
  ['CloudFormation, of an environment', 'environments, past the policies of keys, buckets and buses'],
  ['CloudFormation, of a target', 'targets, past the policies of keys and buckets'],
])('%s may do what handlers ask for to deploy %s', (who) => {
  expect(compare(refused.filter((line) => line.startsWith(`${who}: `)), explanations).unexplained).toEqual([]);
});

test('every explanation is of something that is refused', () => {
  expect(compare(refused, explanations).stale).toEqual([]);
});
