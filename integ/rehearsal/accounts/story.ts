import { mkdtempSync, readFileSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { setTimeout as sleep } from 'timers/promises';
import { RemovalPolicy } from 'aws-cdk-lib';
import { AwsApi, Credentials } from './aws-api';
import { StackSetUser } from './stack-sets';
import { AccountsVariant, Scene } from './variants';
import { DataScienceStack } from '../../apps/multi-account/data-science-stack';
import { PlatformStack } from '../../apps/multi-account/platform-stack';
import { StagingStack } from '../../apps/multi-account/staging-stack';
import { CodePipeline } from '../delivery/code-pipeline';
import { ObjectStore } from '../delivery/object-store';

const [DATA_SCIENCE, STAGING, PRODUCTION, PLATFORM] = ['111111111111', '222222222222', '333333333333', '999999999999'];
const UNIT = 'ou-ab12-prod1111';
const REGION = 'eu-west-1';
const role = (name: string) => `arn:aws:iam::${DATA_SCIENCE}:role/churn--${name}-${REGION}`;
const TRAIN = { name: 'forecast', id: 'p-train0000001' };
const DEPLOY = { name: 'forecast-deploy', id: 'p-deploy000001' };
const GROUP = `churn--${TRAIN.name}-${TRAIN.id}`;

/** What a team does with an environment, from the launch of a project to a model in production. */
export function story(): AccountsVariant {
  return {
    name: 'story',
    proves: 'launch, push, train, register, approve, staging, test, approve, production: each by whom it is for, and by nobody else',
    accounts: [DATA_SCIENCE, STAGING, PRODUCTION, PLATFORM],
    organization: {
      id: 'o-exampleorg',
      root: 'r-ab12',
      managementAccount: PLATFORM,
      units: [{ id: UNIT, name: 'production' }],
      accounts: { [DATA_SCIENCE]: 'r-ab12', [STAGING]: 'r-ab12', [PRODUCTION]: UNIT },
    },
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const removalPolicy = RemovalPolicy.DESTROY;
      const { churn: environment, ...made } = new DataScienceStack(app, 'DataScience', { ...of(DATA_SCIENCE), staging: STAGING, platform: PLATFORM, removalPolicy });
      new StagingStack(app, 'Staging', { ...of(STAGING), environment, stage: made.staging, removalPolicy });
      new PlatformStack(app, 'Platform', { ...of(PLATFORM), environment, stage: made.production, removalPolicy });
    },
    acts: [{
      name: 'the story',
      play: (scene) => new Story(scene).tell(),
      // Objects go with their buckets; people's code and the record of versions outlive their project.
      leaves: /s3\.(buckets|object_versions)\/.*churnstorage(models|reports|artifacts)|s3\..*churn--releases|CodeCommit::Repository|ModelPackageGroup/,
    }],
    keeps: { [DATA_SCIENCE]: [/CodeCommit::Repository/, /CodeCommit::Repository/, /ModelPackageGroup/] },
  };
}

/** The steps in their order: who does what, and what stands when it is done. */
class Story {
  private readonly api: AwsApi;
  private readonly folder: string;
  private readonly store: ObjectStore;
  private readonly launched: string[] = [];
  private alice?: Credentials;

  constructor(private readonly scene: Scene) {
    this.api = scene.api;
    this.folder = mkdtempSync(join(scene.aws.folder, 'story-'));
    this.store = new ObjectStore(scene.aws, scene.api.python);
  }

  public async tell(): Promise<void> {
    await this.launch('Train', TRAIN);
    await this.launch('Deploy', DEPLOY, { ModelPackageGroupName: GROUP });

    const version = await this.register(1);
    same(await this.statusOf(version), 'PendingManualApproval', 'a new version');
    await fails(/approved/i, this.deliver());

    await this.api.refused('AccessDenied', this.approve(version, await this.studio()));
    await this.approve(version, await this.as('team-administrator'));
    await this.deliver();
    await this.runs(STAGING, 'staging', '1');
    await this.runs(PRODUCTION, 'production', '1');

    await this.leave();
  }

  /** A project stands as soon as somebody has launched its template: the launch role makes what the template holds. */
  private async launch(template: string, project: { name: string; id: string }, values: Record<string, string> = {}): Promise<void> {
    const templates = await this.parameter('storage/templates-bucket');
    const { Contents } = await this.api.call<{ Contents: { Key: string }[] }>(DATA_SCIENCE, 's3', 'list_objects_v2', { Bucket: templates, Prefix: `products/project-${template.toLowerCase()}-` });
    const file = join(this.folder, `${template}.json`);
    await this.store.download(await this.serving('cloudformation.amazonaws.com', 'stack/SP-launch/1', 'project-launch'), `s3://${templates}/${Contents[0].Key}`, file);
    const StackName = `SP-${project.id}`;
    const parameters = { SageMakerProjectName: project.name, SageMakerProjectId: project.id, ...values };
    await this.api.call(DATA_SCIENCE, 'cloudformation', 'create_stack', {
      StackName,
      TemplateBody: readFileSync(file, 'utf8'),
      RoleARN: role('project-launch'),
      Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    });
    this.launched.push(StackName);
    await this.stackIs(StackName, 'CREATE_COMPLETE');
  }

  /** What a run of the training pipeline leaves: a model that a job wrote, and a version that the pipeline registered. */
  private async register(number: number): Promise<string> {
    const model = join(this.folder, 'model.tar.gz');
    writeFileSync(model, `model ${number}`);
    const vpc = await this.parameter('network/vpc-id'), models = await this.parameter('storage/models-bucket');
    const job = await this.serving('sagemaker.amazonaws.com', '*', 'job-execution', vpc);
    const folder = `s3://${models}/${GROUP}/${number}`, url = `${folder}/model.tar.gz`, sample = join(this.folder, 'payload.csv');
    writeFileSync(sample, '1,2\n3,4\n');
    for (const [file, place] of [[model, url], [sample, `${folder}/payload.csv`]]) {
      await this.store.upload(job, file, place, await this.parameter('encryption/models-key-arn'));
    }
    const { ModelPackageArn } = await this.api.call<{ ModelPackageArn: string }>(await this.serving('sagemaker.amazonaws.com', '*', 'pipeline-execution'),
      'sagemaker', 'create_model_package', {
        ModelPackageGroupName: GROUP,
        ModelApprovalStatus: 'PendingManualApproval',
        InferenceSpecification: {
          Containers: [{ Image: `141502667606.dkr.ecr.${REGION}.amazonaws.com/sagemaker-xgboost:1.7-1`, ModelDataUrl: url }],
          SupportedContentTypes: ['text/csv'],
          SupportedResponseMIMETypes: ['text/csv'],
        },
        CustomerMetadataProperties: { 'sample-payload': `${folder}/payload.csv` },
      });
    return ModelPackageArn;
  }

  private async approve(ModelPackageArn: string, who: Credentials): Promise<void> {
    await this.api.call(who, 'sagemaker', 'update_model_package', { ModelPackageArn, ModelApprovalStatus: 'Approved' });
  }

  /** The deploy pipeline, from end to end; in between the data science administrator says yes to production. */
  private async deliver(): Promise<void> {
    const delivery = new CodePipeline({
      scene: this.scene, python: this.api.python, account: DATA_SCIENCE, folder: this.folder, repository: () => join(SEED_CODE, 'deploy'),
    });
    await delivery.execute(`churn--${DEPLOY.name}-${DEPLOY.id}-deploy`, async ({ pipeline, stage, action }) => {
      const { stageStates } = await this.api.call<{ stageStates: StageState[] }>(DATA_SCIENCE, 'codepipeline', 'get_pipeline_state', { name: pipeline });
      const { actionStates } = stageStates.find(({ stageName }) => stageName === stage)!;
      const { token } = actionStates.find(({ actionName }) => actionName === action)!.latestExecution;
      const say = (who: Credentials) => this.api.call(who, 'codepipeline', 'put_approval_result', {
        pipelineName: pipeline, stageName: stage, actionName: action, token, result: { status: 'Approved', summary: 'tested in staging' },
      });
      await this.api.refused('AccessDenied', say(await this.as('team-administrator')));
      await say(await this.as('data-science-administrator'));
    });
  }

  private async runs(account: string, stage: string, version: string): Promise<void> {
    const { EndpointStatus } = await this.api.call<{ EndpointStatus: string }>(account, 'sagemaker', 'describe_endpoint', { EndpointName: `churn--${stage}--${DEPLOY.name}` });
    same(EndpointStatus, 'InService', `the endpoint in ${stage}`);
    const { Models } = await this.api.call<{ Models: { ModelName: string }[] }>(account, 'sagemaker', 'list_models');
    const { PrimaryContainer } = await this.api.call<{ PrimaryContainer: { ModelDataUrl: string } }>(account, 'sagemaker', 'describe_model', { ModelName: Models[0].ModelName });
    if (!PrimaryContainer.ModelDataUrl.includes(`/${GROUP}/${version}/`)) throw new Error(`${stage} runs ${PrimaryContainer.ModelDataUrl}`);
  }

  /** Endpoints go with their stack sets, and projects with their stacks. */
  private async leave(): Promise<void> {
    for (const [stage, account] of [['staging', STAGING], ['production', PRODUCTION]]) {
      await new StackSetUser(this.api, DATA_SCIENCE, `churn--${stage}--${DEPLOY.name}`).delete([account]);
    }
    for (const StackName of this.launched.reverse()) {
      await this.api.call(DATA_SCIENCE, 'cloudformation', 'delete_stack', { StackName, RoleARN: role('project-launch') });
      await this.stackIs(StackName, 'DELETE_COMPLETE');
    }
    if (this.alice) await this.dismiss('alice', this.alice);
  }

  private async statusOf(ModelPackageName: string): Promise<string> {
    return (await this.api.call<{ ModelApprovalStatus: string }>(DATA_SCIENCE, 'sagemaker', 'describe_model_package', { ModelPackageName })).ModelApprovalStatus;
  }

  private async parameter(what: string): Promise<string> {
    return (await this.api.call<{ Parameter: { Value: string } }>(DATA_SCIENCE, 'ssm', 'get_parameter', { Name: `/secure-mlops/churn/${what}` })).Parameter.Value;
  }

  /** A person of the account, who becomes a persona under the own name. */
  private async as(persona: string): Promise<Credentials> {
    this.alice ??= await this.hire('alice');
    const { Credentials: given } = await this.api.call<{ Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } }>(this.alice, 'sts', 'assume_role', {
      RoleArn: role(persona), RoleSessionName: 'alice', Tags: [{ Key: 'StudioUser', Value: 'alice' }],
    });
    return { key: given.AccessKeyId, secret: given.SecretAccessKey, token: given.SessionToken };
  }

  private async hire(UserName: string): Promise<Credentials> {
    await this.api.call(DATA_SCIENCE, 'iam', 'create_user', { UserName });
    await this.api.call(DATA_SCIENCE, 'iam', 'put_user_policy', {
      UserName,
      PolicyName: 'personas',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: role('*') }] }),
    });
    const { AccessKey } = await this.api.call<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>(DATA_SCIENCE, 'iam', 'create_access_key', { UserName });
    return { key: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
  }

  private async dismiss(UserName: string, { key: AccessKeyId }: Credentials): Promise<void> {
    await this.api.call(DATA_SCIENCE, 'iam', 'delete_access_key', { UserName, AccessKeyId });
    await this.api.call(DATA_SCIENCE, 'iam', 'delete_user_policy', { UserName, PolicyName: 'personas' });
    await this.api.call(DATA_SCIENCE, 'iam', 'delete_user', { UserName });
  }

  /** A notebook of hers. */
  private studio(): Promise<Credentials> {
    return this.serving('sagemaker.amazonaws.com', '*', 'studio-execution');
  }

  private serving(service: string, what: string, name: string, vpc?: string): Promise<Credentials> {
    const source = `arn:aws:${service.split('.')[0]}:${REGION}:${DATA_SCIENCE}:${what}`;
    return this.scene.aws.become(DATA_SCIENCE, { service, source, role: role(name), vpc });
  }

  private async stackIs(StackName: string, status: string): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt++) {
      const { Stacks: [stack] } = await this.api.call<{ Stacks: Stack[] }>(DATA_SCIENCE, 'cloudformation', 'describe_stacks', { StackName })
        .catch((): { Stacks: Stack[] } => ({ Stacks: [{ StackStatus: 'DELETE_COMPLETE' }] }));
      if (stack.StackStatus === status) return;
      if (!stack.StackStatus.endsWith('IN_PROGRESS')) throw new Error(`${StackName} is ${stack.StackStatus}: ${await this.reasons(StackName)}`);
      await sleep(100);
    }
    throw new Error(`${StackName} does not come to ${status}`);
  }

  private async reasons(StackName: string): Promise<string> {
    const { StackEvents } = await this.api.call<{ StackEvents: { LogicalResourceId: string; ResourceStatusReason?: string }[] }>(
      DATA_SCIENCE, 'cloudformation', 'describe_stack_events', { StackName });
    return StackEvents.filter((event) => event.ResourceStatusReason).map((event) => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`).join('; ');
  }
}

interface Stack { readonly StackStatus: string }
interface StageState { readonly stageName: string; readonly actionStates: { actionName: string; latestExecution: { token: string } }[] }

const SEED_CODE = resolve(__dirname, '..', '..', '..', 'assets', 'seed-code');

function same(is: unknown, expected: unknown, what: string): void {
  if (is !== expected) throw new Error(`${what} is ${String(is)}, not ${String(expected)}`);
}

async function fails(reason: RegExp, work: Promise<unknown>): Promise<void> {
  const error = await work.then(() => undefined, (caught: Error) => caught);
  if (error === undefined) throw new Error(`succeeded, though it was to fail for ${reason}`);
  if (!reason.test(error.message)) throw error;
}
