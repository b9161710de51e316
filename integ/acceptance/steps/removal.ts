import { ENVIRONMENT_NAME, STACK_NAME } from '../app';
import { must } from '../claim';
import { Scene } from '../scene';
import { Step } from '../step';

interface List {
  readonly what: string;
  readonly service: string;
  readonly operation: string;
  readonly list: string;
  readonly parameters?: object;
  readonly name: (one: Record<string, string>) => string;
}

/** What must be gone, by lists that need no tags. */
const LISTS: List[] = [
  { what: 'role', service: 'iam', operation: 'list_roles', list: 'Roles', name: ({ RoleName }) => RoleName },
  { what: 'managed policy', service: 'iam', operation: 'list_policies', list: 'Policies', parameters: { Scope: 'Local' }, name: ({ PolicyName }) => PolicyName },
  { what: 'bucket', service: 's3', operation: 'list_buckets', list: 'Buckets', name: ({ Name }) => Name },
  { what: 'key alias', service: 'kms', operation: 'list_aliases', list: 'Aliases', name: ({ AliasName }) => AliasName },
  { what: 'domain', service: 'sagemaker', operation: 'list_domains', list: 'Domains', name: ({ DomainName }) => DomainName },
  { what: 'log group', service: 'logs', operation: 'describe_log_groups', list: 'logGroups', name: ({ logGroupName }) => logGroupName },
];

/** How everything goes away again; always the last, also after something did not hold. */
export const REMOVAL: Step[] = [
  {
    id: 'endpoints',
    claim: 'An endpoint that was deployed goes with the instances of its stack set, through the role chain that has made it',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStackInstances.html',
    remedy: 'Delete the stack StackSet-… in the console as an administrator, and tell us what the operation has said',
    after: [],
    play: async (scene) => {
      const { Summaries: sets = [] } = await scene.call<{ Summaries?: { StackSetName: string; Status: string }[] }>('cloudformation', 'list_stack_sets', { Status: 'ACTIVE' });
      const ours = sets.map(({ StackSetName }) => StackSetName).filter(isOurs);
      for (const StackSetName of ours) await removeStackSet(scene, StackSetName);
      return `${ours.length} endpoints`;
    },
  },
  {
    id: 'leftovers-of-projects',
    claim: 'What a deleted project keeps on purpose is deleted by hand: its repository, and the group of its models',
    page: 'https://docs.aws.amazon.com/codecommit/latest/userguide/how-to-delete-repository.html',
    remedy: 'Delete them in the console',
    after: [],
    onlyOnAws: 'the local AWS keeps repositories without an API of theirs',
    play: async (scene) => {
      const { repositories = [] } = await scene.call<{ repositories?: { repositoryName: string }[] }>('codecommit', 'list_repositories');
      const ours = repositories.filter(({ repositoryName }) => isOurs(repositoryName));
      for (const { repositoryName } of ours) await scene.call('codecommit', 'delete_repository', { repositoryName });
      const { ModelPackageGroupSummaryList: groups = [] } = await scene.call<{ ModelPackageGroupSummaryList?: { ModelPackageGroupName: string }[] }>(
        'sagemaker', 'list_model_package_groups');
      for (const { ModelPackageGroupName } of groups.filter((one) => isOurs(one.ModelPackageGroupName))) {
        await scene.call('sagemaker', 'delete_model_package_group', { ModelPackageGroupName });
      }
      return `${ours.length} repositories`;
    },
  },
  {
    id: 'destroy',
    claim: 'The environment goes with everything that SageMaker has made for it',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/gs-studio-delete-domain.html',
    remedy: 'The first DELETE_FAILED event says what is in the way; a network interface that a job or Studio still holds goes after some minutes: run the program again',
    after: [],
    play: (scene) => scene.destroy(),
  },
  {
    id: 'nothing-left',
    claim: 'Nothing of it is left in the account but keys that wait for their deletion',
    page: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    remedy: 'Delete by hand what is listed, and tell us what it was',
    after: ['destroy'],
    play: async (scene) => {
      await scene.dismiss();
      const left = await leftovers(scene);
      must(left.length === 0, `Left behind: ${left.join(', ')}.`);
      return 'nothing';
    },
  },
];

/** The stacks of a set, and the set. */
async function removeStackSet(scene: Scene, StackSetName: string): Promise<void> {
  const { OperationId } = await scene.call<{ OperationId: string }>('cloudformation', 'delete_stack_instances', {
    StackSetName, Accounts: [scene.account], Regions: [scene.region], RetainStacks: false,
  });
  const { Status, StatusReason } = await scene.until('the end of the endpoint', 30, async () => {
    const { StackSetOperation: now } = await scene.call<{ StackSetOperation: { Status: string; StatusReason?: string } }>(
      'cloudformation', 'describe_stack_set_operation', { StackSetName, OperationId });
    return ['RUNNING', 'QUEUED', 'STOPPING'].includes(now.Status) ? undefined : now;
  });
  must(Status === 'SUCCEEDED', `The instances of ${StackSetName} are ${Status}: ${StatusReason ?? 'no reason given'}`);
  await scene.call('cloudformation', 'delete_stack_set', { StackSetName });
}

async function leftovers(scene: Scene): Promise<string[]> {
  const found: string[] = [];
  for (const { what, service, operation, list, parameters, name } of LISTS) {
    const answer = await scene.call<Record<string, Record<string, string>[] | undefined>>(service, operation, parameters);
    found.push(...(answer[list] ?? []).map(name).filter(isOurs).map((one) => `${what} ${one}`));
  }
  return found;
}

/** Everything of the environment begins with its name, or with its stack's. */
function isOurs(name: string): boolean {
  return name.replace(/^alias\//, '').startsWith(`${ENVIRONMENT_NAME}--`) || name.toLowerCase().startsWith(STACK_NAME.toLowerCase())
    || name.startsWith(`/aws/lambda/${STACK_NAME}`) || name.startsWith(`/aws/codebuild/${ENVIRONMENT_NAME}--`);
}
