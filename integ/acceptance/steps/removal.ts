import { randomUUID } from 'crypto';
import { removeFeatureGroup } from './features';
import { ENVIRONMENT_NAME, STACK_NAME } from '../app';
import { must } from '../claim';
import { BATCH, DEPLOY, MONITOR, settled, stands, TRAIN } from '../projects';
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
    id: 'project-goes',
    claim: 'Projects are deleted with everything that their templates made, but their repositories, models and what they have deployed',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeleteProject.html',
    remedy: 'The events of the project\'s stack name the resource that stays',
    after: [],
    play: async (scene) => {
      let gone = 0;
      for (const ProjectName of [MONITOR, BATCH, DEPLOY, TRAIN]) {
        if (!await stands(scene, ProjectName)) continue;
        await scene.callAs(await scene.studio(), 'sagemaker', 'delete_project', { ProjectName });
        await settled(scene, ProjectName, 'DeleteCompleted');
        gone++;
      }
      return `${gone} projects`;
    },
  },
  {
    id: 'endpoints',
    claim: 'Endpoints and monitors that were deployed go with the instances of their stack sets, through the role chain that has made them',
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStackInstances.html',
    remedy: 'Delete the stack StackSet-… in the console as an administrator, and tell us what the operation has said',
    after: [],
    play: async (scene) => {
      const { Summaries: sets = [] } = await scene.call<{ Summaries?: { StackSetName: string; Status: string }[] }>('cloudformation', 'list_stack_sets', { Status: 'ACTIVE' });
      const ours = sets.map(({ StackSetName }) => StackSetName).filter(isOurs);
      for (const StackSetName of ours) await removeStackSet(scene, StackSetName);
      return `${ours.length} stack sets`;
    },
  },
  {
    id: 'leftovers-of-projects',
    claim: 'What a deleted project keeps on purpose is deleted by hand: its repository, its SageMaker pipeline, and the models with their group',
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
      await removePipelines(scene);
      for (const { ModelPackageGroupName } of groups.filter((one) => isOurs(one.ModelPackageGroupName))) {
        const { ModelPackageSummaryList: versions = [] } = await scene.call<{ ModelPackageSummaryList?: { ModelPackageArn: string }[] }>(
          'sagemaker', 'list_model_packages', { ModelPackageGroupName });
        for (const { ModelPackageArn } of versions) await scene.call('sagemaker', 'delete_model_package', { ModelPackageName: ModelPackageArn });
        await scene.call('sagemaker', 'delete_model_package_group', { ModelPackageGroupName });
      }
      return `${ours.length} repositories`;
    },
  },
  {
    id: 'feature-group-goes',
    claim: 'Whoever works in Studio deletes the feature group',
    page: 'https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store-delete-feature-group.html',
    remedy: 'Delete it in the console',
    after: [],
    onlyOnAws: 'the local AWS has no Feature Store',
    play: async (scene) => `${await removeFeatureGroup(scene)} feature groups`,
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

/** The pipelines that builds have written, and the models that runs of them have made, by their tags. */
async function removePipelines(scene: Scene): Promise<void> {
  const { PipelineSummaries: pipelines = [] } = await scene.call<{ PipelineSummaries?: { PipelineName: string }[] }>('sagemaker', 'list_pipelines');
  for (const { PipelineName } of pipelines.filter((one) => isOurs(one.PipelineName))) {
    await scene.call('sagemaker', 'delete_pipeline', { PipelineName, ClientRequestToken: randomUUID() });
  }
  const { Models: models = [] } = await scene.call<{ Models?: { ModelName: string; ModelArn: string }[] }>('sagemaker', 'list_models', { NameContains: 'pipelines-' });
  for (const { ModelName, ModelArn } of models) {
    const { Tags = [] } = await scene.call<{ Tags?: { Key: string; Value: string }[] }>('sagemaker', 'list_tags', { ResourceArn: ModelArn });
    if (Tags.some(({ Key, Value }) => Key === 'environment' && Value === ENVIRONMENT_NAME)) await scene.call('sagemaker', 'delete_model', { ModelName });
  }
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
