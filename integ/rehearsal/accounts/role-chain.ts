import { setTimeout as sleep } from 'timers/promises';
import { AwsApi } from './aws-api';
import { FIRST as PIPELINES, NEWCOMER, ORGANIZATION, PLATFORM, PRODUCTION, STAGING, UNIT } from './organization';
import { StackSetUser } from './stack-sets';
import { AccountsVariant, Scene } from './variants';
import { ADMINISTRATION, EXECUTION, PIPELINE, PipelineAccountStack, PlatformAccountStack, PREFIX, TargetAccountStack, TESTER } from '../apps/role-chain';
import { Step } from '../changes';

const arn = (account: string, role: string) => `arn:aws:iam::${account}:role/${role}`;

/** The smallest app in which roles of several accounts become one another, and stack sets of both kinds deploy. */
export function roleChain(): AccountsVariant {
  return {
    name: 'role-chain',
    proves: 'each link of a role chain lets in the link before it and nobody else; stack sets deploy with the roles of their targets, and follow the organization',
    accounts: [PIPELINES, STAGING, PRODUCTION, NEWCOMER, PLATFORM],
    organization: ORGANIZATION,
    build: (app, { step, region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const pipelines = new PipelineAccountStack(app, 'Pipelines', { ...of(PIPELINES), targets: [STAGING] });
      const target = new TargetAccountStack(app, 'Staging', { ...of(STAGING), pipelineAccount: PIPELINES });
      target.addDependency(pipelines);
      new PlatformAccountStack(app, 'Platform', { ...of(PLATFORM), unit: UNIT, value: step }).addDependency(target);
    },
    change: true,
    acts: [
      { name: 'the pipeline deploys', play: pipelineDeploys },
      { name: 'only the link before', play: onlyTheLinkBefore },
      { name: 'an account joins and leaves', play: accountJoins },
    ],
  };
}

function parameter(name: string, value: string): object {
  return { Resources: { Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Name: name, Type: 'String', Value: value } } } };
}

async function pipelineDeploys({ api }: Scene): Promise<void> {
  const pipeline = await api.assume(PIPELINES, arn(PIPELINES, PIPELINE));
  const tester = await api.assume(pipeline, arn(STAGING, TESTER));
  const stackSet = new StackSetUser(api, pipeline, `${PREFIX}staging`);
  const name = `${PREFIX}model`;
  const expect = async (what: { Status: string; StatusReason?: string }, status: string, value: string) => {
    const { Parameters } = await api.call<{ Parameters: { Value: string }[] }>(tester, 'ssm', 'get_parameters', { Names: [name] });
    if (what.Status !== status || Parameters[0]?.Value !== value) {
      throw new Error(`${what.Status} (${what.StatusReason}) with ${Parameters[0]?.Value} instead of ${status} with ${value}`);
    }
  };
  await stackSet.create(parameter(name, 'one'), { AdministrationRoleARN: arn(PIPELINES, ADMINISTRATION), ExecutionRoleName: EXECUTION });
  await expect(await stackSet.place([STAGING]), 'SUCCEEDED', 'one');
  await expect(await stackSet.update(parameter(name, 'two')), 'SUCCEEDED', 'two');
  // A name outside of what the target's role may touch: the instance's stack is rolled back.
  const beyond = await stackSet.update(parameter('elsewhere', 'three'));
  await expect(beyond, 'FAILED', 'two');
  if (!beyond.StatusReason?.includes('ssm:PutParameter')) throw new Error(`failed for another reason: ${beyond.StatusReason}`);
  await expect(await stackSet.update(parameter(name, 'two')), 'SUCCEEDED', 'two');
  await stackSet.delete([STAGING]);
}

async function onlyTheLinkBefore({ api }: Scene): Promise<void> {
  const pipeline = await api.assume(PIPELINES, arn(PIPELINES, PIPELINE));
  await api.refused('AccessDenied', api.assume(pipeline, arn(STAGING, EXECUTION)));
  await api.refused('AccessDenied', api.assume(pipeline, arn(PIPELINES, ADMINISTRATION)));
  await api.refused('AccessDenied', api.assume(PIPELINES, arn(STAGING, TESTER)));
  await api.refused('AccessDenied', api.assume(PRODUCTION, arn(STAGING, TESTER)));
  const tester = await api.assume(pipeline, arn(STAGING, TESTER));
  await api.refused('AccessDenied', api.call(tester, 'ssm', 'put_parameter', { Name: `${PREFIX}model`, Value: 'mine', Type: 'String' }));
  // A stack set of another name is none of the administration role's.
  const foreign = new StackSetUser(api, pipeline, 'foreign');
  await foreign.create(parameter(`${PREFIX}model`, 'one'), { AdministrationRoleARN: arn(PIPELINES, ADMINISTRATION), ExecutionRoleName: EXECUTION });
  const { Status, StatusReason } = await foreign.place([STAGING]);
  if (Status !== 'FAILED' || !StatusReason?.includes('trust relationship to CloudFormation service')) throw new Error(`a foreign stack set: ${Status} ${StatusReason}`);
  await api.call(PIPELINES, 'cloudformation', 'delete_stack_instances', { StackSetName: 'foreign', Accounts: [STAGING], Regions: ['eu-west-1'], RetainStacks: true });
  await sleep(300);
  await api.call(PIPELINES, 'cloudformation', 'delete_stack_set', { StackSetName: 'foreign' });
}

async function accountJoins({ aws, api }: Scene): Promise<void> {
  if (await baseline(api, PRODUCTION) !== Step.CHANGED) throw new Error(`${PRODUCTION} has another baseline`);
  await aws.place(NEWCOMER, UNIT);
  await until(async () => await baseline(api, NEWCOMER) === Step.CHANGED, 'the newcomer has its baseline');
  await aws.place(NEWCOMER);
  await until(async () => await baseline(api, NEWCOMER) === undefined, 'the baseline is gone');
  const instances = async () => (await api.call<{ Summaries: unknown[] }>(PLATFORM, 'cloudformation', 'list_stack_instances', { StackSetName: 'baseline' })).Summaries.length;
  await until(async () => await instances() === 1, 'the stack set knows of it');
}

async function baseline(api: AwsApi, account: string): Promise<string | undefined> {
  return (await api.call<{ Parameters: { Value: string }[] }>(account, 'ssm', 'get_parameters', { Names: ['/baseline'] })).Parameters[0]?.Value;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await holds()) return;
    await sleep(200);
  }
  throw new Error(`not true after a while: ${what}`);
}
