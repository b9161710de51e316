import { join } from 'path';
import { deploy } from './deployment';
import { deployments } from './deployments';
import { launchedEnvironment } from './launch';
import { Registry } from './registry';
import { churn } from '../../access/churn-app';
import { organizationAround } from '../../access/organization';
import { Simulator } from '../../access/simulator';
import { compare, readExplanations } from '../explained';

const all = [...deployments(), launchedEnvironment().deployment];
/** As the organization's owner names them: CloudFormation's own, and those with which products and stack sets deploy whole environments and targets. */
const deployingRoles = [
  'arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*', ...all.filter(({ who }) => /of stack sets|of environments|launch role of targets/.test(who)).map(({ role }) => role.arn),
];
/** What templates say of networks and keys, where nobody else asks. */
const [values] = all.flatMap((deployment) => deployment.values ?? []);
const simulator = new Simulator(organizationAround(churn(), { deployingRoles }));
const explanations = readExplanations(join(__dirname, 'explanations.json'));

test('environments, targets, projects, members and endpoints are deployed within an organization as without', async () => {
  const registry = await Registry.of(), refused: string[] = [];
  for (const deployment of all) refused.push(...(await deploy({ values, ...deployment }, registry, simulator)).refused);
  expect(compare(refused, explanations).unexplained).toEqual([]);
}, 600_000);
