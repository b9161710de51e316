import { mkdtempSync, writeFileSync } from 'fs';
import { join, resolve } from 'path';
import { Credentials } from './aws-api';
import { Details, Project, StudioUser } from './studio-user';
import { Scene } from './variants';
import { Approver, CodePipeline, DeliverySurroundings, Execution } from '../delivery/code-pipeline';
import { ObjectStore } from '../delivery/object-store';
import { REGION } from '../local-aws';

const SEED_CODE = resolve(__dirname, '..', '..', '..', 'assets', 'seed-code');
const XGBOOST = `141502667606.dkr.ecr.${REGION}.amazonaws.com/sagemaker-xgboost:3.0-5`;

/** What a run of the training pipeline leaves: a model, and what is known of it. */
export interface TrainedModel {
  /** `model.tar.gz` */
  readonly artifact: string;
  /** Rows to test an endpoint with. */
  readonly sample: string;
  /** The evaluation report. */
  readonly evaluation?: string;
  /** What the data was like: `statistics` and `constraints`. */
  readonly baseline?: Record<string, string>;
}

/** Says yes or no to a version's way into a stage; gets what the pipeline tells the approver. */
export type Approval = (message: string) => Promise<'Rejected' | void>;

/** A rule as its template has it. */
interface EventRule { readonly Name: string; readonly Targets: { Input?: string }[] }

/** Alice of the environment `churn`, as each of her roles, and the services that work for her: whoever calls is who would call on AWS. */
export class Team {
  public readonly folder: string;
  private readonly store: ObjectStore;
  private readonly pipelines = new Map<string, CodePipeline>();
  private readonly people = new Map<string, Credentials>();

  /**
   * @param account where the environment is
   * @param deployed told when endpoints have been brought to a version, before they are tested
   */
  constructor(private readonly scene: Scene, public readonly account: string, private readonly deployed?: DeliverySurroundings['deployed']) {
    this.folder = mkdtempSync(join(scene.aws.folder, 'team-'));
    this.store = new ObjectStore(scene.aws, scene.api);
  }

  public role(name: string): string {
    return `arn:aws:iam::${this.account}:role/churn--${name}-${REGION}`;
  }

  /** A value that the environment has registered. */
  public async parameter(what: string): Promise<string> {
    return (await this.scene.api.call<{ Parameter: { Value: string } }>(this.account, 'ssm', 'get_parameter', { Name: `/secure-mlops/churn/${what}` })).Parameter.Value;
  }

  /** Alice's Studio. */
  public studio(): Promise<StudioUser> {
    return StudioUser.of(this.scene.aws, this.scene.api, this.account, 'churn--studio-execution');
  }

  /** Launches a template's newest version: a product by its name, or the template that is in the bucket. */
  public async launch(project: string, template: string | undefined, values: Record<string, string> = {}): Promise<Project> {
    const studio = await this.studio();
    return completed('Create', await studio.create(project, await this.newest(studio, template, values)));
  }

  /** Brings a project to the newest version of its template. */
  public async update(project: string, template: string | undefined, values: Record<string, string> = {}): Promise<Project> {
    const studio = await this.studio();
    return completed('Update', await studio.update(project, await this.newest(studio, template, values)));
  }

  public async remove(project: string): Promise<void> {
    completed('Delete', await (await this.studio()).delete(project));
  }

  private async newest(studio: StudioUser, template: string | undefined, values: Record<string, string>): Promise<Details> {
    return template === undefined ? studio.template(await this.parameter('storage/templates-bucket'), this.role('project-launch'), values) : studio.product(template, values);
  }

  /** A job writes a model and what is known of it, and the training pipeline registers it. */
  public async register(group: string, { artifact, sample, evaluation, baseline = {} }: TrainedModel): Promise<string> {
    const run = `${group}/${Date.now()}`;
    const models = `s3://${await this.parameter('storage/models-bucket')}/${run}`, reports = `s3://${await this.parameter('storage/reports-bucket')}/${run}`;
    const job = await this.serving('sagemaker.amazonaws.com', '*', 'job-execution', await this.parameter('network/vpc-id'));
    const [modelsKey, reportsKey] = await Promise.all([this.parameter('encryption/models-key-arn'), this.parameter('encryption/artifacts-key-arn')]);
    const files = { 'model.tar.gz': artifact, 'samples/payload.csv': sample, ...Object.fromEntries(Object.entries(baseline).map(([what, file]) => [`baseline/${what}.json`, file])) };
    for (const [name, file] of Object.entries(files)) await this.store.upload(job, file, `${models}/${name}`, modelsKey);
    if (evaluation !== undefined) await this.store.upload(job, evaluation, `${reports}/evaluation.json`, reportsKey);
    const json = (S3Uri: string) => ({ ContentType: 'application/json', S3Uri });
    const { ModelPackageArn } = await this.scene.api.call<{ ModelPackageArn: string }>(
      await this.serving('sagemaker.amazonaws.com', '*', 'pipeline-execution'), 'sagemaker', 'create_model_package', {
        ModelPackageGroupName: group,
        ModelApprovalStatus: 'PendingManualApproval',
        InferenceSpecification: {
          Containers: [{ Image: XGBOOST, ModelDataUrl: `${models}/model.tar.gz` }],
          SupportedContentTypes: ['text/csv'],
          SupportedResponseMIMETypes: ['text/csv'],
        },
        ...evaluation !== undefined && { ModelMetrics: { ModelQuality: { Statistics: json(`${reports}/evaluation.json`) } } },
        ...baseline.statistics !== undefined && {
          DriftCheckBaselines: { ModelDataQuality: { Statistics: json(`${models}/baseline/statistics.json`), Constraints: json(`${models}/baseline/constraints.json`) } },
        },
        CustomerMetadataProperties: { 'sample-payload': `${models}/samples/payload.csv` },
      });
    return ModelPackageArn;
  }

  /** A model that is none, where it does not matter what it answers. */
  public standIn(name: string): TrainedModel {
    const [artifact, sample] = [join(this.folder, `${name}.tar.gz`), join(this.folder, `${name}.csv`)];
    writeFileSync(artifact, `model ${name}`);
    writeFileSync(sample, '1,2\n3,4\n');
    return { artifact, sample };
  }

  public async approve(ModelPackageArn: string, who?: Credentials): Promise<void> {
    await this.scene.api.call(who ?? await this.as('team-administrator'), 'sagemaker', 'update_model_package', { ModelPackageArn, ModelApprovalStatus: 'Approved' });
  }

  /** Registers a model and approves it. */
  public async release(group: string, model: TrainedModel): Promise<string> {
    const version = await this.register(group, model);
    await this.approve(version);
    return version;
  }

  /** The pipeline of a deploy project, as the event about an approval starts it; the data science administrator is asked, and nobody else may answer. */
  public async deliver(project: Project, hear?: Approval): Promise<Execution> {
    const rules = await this.scene.aws.resources<EventRule>(this.account, 'AWS::Events::Rule');
    const { Targets: [{ Input = '{}' }] } = rules.find(({ Name }) => Name === `churn--${project.ProjectId}-approved`)!;
    const { variables = [] } = JSON.parse(Input) as { variables?: { name: string; value: string }[] };
    return this.pipelineOf(project).execute((asked) => this.say(asked, hear), Object.fromEntries(variables.map(({ name, value }) => [name, value])));
  }

  /** The pipeline as a push starts it, or somebody by hand: a version that is deployed already is deployed again. */
  public deliverAgain(project: Project, hear?: Approval): Promise<Execution> {
    return this.pipelineOf(project).execute((asked) => this.say(asked, hear));
  }

  /** One step back by hand, as the documentation says: `aws codepipeline rollback-stage`. */
  public async goBack(project: Project, stageName: string, to: Execution): Promise<void> {
    const { api } = this.scene, pipeline = this.pipelineOf(project), pipelineName = pipeline.name;
    const call = (who: Credentials) => api.call(who, 'codepipeline', 'rollback_stage', { pipelineName, stageName, targetPipelineExecutionId: to.id });
    await api.refused('AccessDenied', call((await this.studio()).who));
    await call(await this.as('team-administrator'));
    await pipeline.rollBack();
  }

  /** The pipeline of a project that trains, with this in its repository: a push starts it, the schedule, or drift. */
  public async build(project: Project, repository: string): Promise<void> {
    const { scene, account, folder } = this;
    await new CodePipeline(`${groupOf(project)}-build`, { scene, account, folder, repository: () => repository }).execute();
  }

  public pipelineOf(project: Project): CodePipeline {
    const { scene, account, folder, pipelines, deployed } = this, name = `${groupOf(project)}-deploy`;
    if (!pipelines.has(name)) {
      pipelines.set(name, new CodePipeline(name, { scene, account, folder, repository: () => join(SEED_CODE, 'deploy'), deployed }));
    }
    return pipelines.get(name)!;
  }

  private async say({ pipeline, stage, action, message }: Parameters<Approver>[0], hear: Approval = async () => {}): Promise<void> {
    const { api } = this.scene;
    const { stageStates } = await api.call<{ stageStates: StageState[] }>(this.account, 'codepipeline', 'get_pipeline_state', { name: pipeline });
    const { actionStates } = stageStates.find(({ stageName }) => stageName === stage)!;
    const { token } = actionStates.find(({ actionName }) => actionName === action)!.latestExecution;
    const status = await hear(message) ?? 'Approved';
    const answer = (who: Credentials) => api.call(who, 'codepipeline', 'put_approval_result', {
      pipelineName: pipeline, stageName: stage, actionName: action, token, result: { status, summary: 'tested in staging' },
    });
    await api.refused('AccessDenied', answer(await this.as('team-administrator')));
    await answer(await this.as('data-science-administrator'));
  }

  /** A person of the account, who becomes a persona under the own name. */
  public async as(persona: string, name = 'alice'): Promise<Credentials> {
    const user = this.people.get(name) ?? await this.hire(name);
    const { Credentials: given } = await this.scene.api.call<{ Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string } }>(user, 'sts', 'assume_role', {
      RoleArn: this.role(persona), RoleSessionName: name, Tags: [{ Key: 'StudioUser', Value: name }],
    });
    return { key: given.AccessKeyId, secret: given.SecretAccessKey, token: given.SessionToken };
  }

  /** A service that works for the team as one of its roles. */
  public serving(service: string, what: string, name: string, vpc?: string): Promise<Credentials> {
    const source = `arn:aws:${service.split('.')[0]}:${REGION}:${this.account}:${what}`;
    return this.scene.aws.become(this.account, { service, source, role: this.role(name), vpc });
  }

  /** Everybody goes. */
  public async leave(): Promise<void> {
    const { api } = this.scene;
    for (const [UserName, { key }] of this.people) {
      await api.call(this.account, 'iam', 'delete_access_key', { UserName, AccessKeyId: key });
      await api.call(this.account, 'iam', 'delete_user_policy', { UserName, PolicyName: 'personas' });
      await api.call(this.account, 'iam', 'delete_user', { UserName });
    }
    this.people.clear();
  }

  private async hire(UserName: string): Promise<Credentials> {
    const { api } = this.scene;
    await api.call(this.account, 'iam', 'create_user', { UserName });
    await api.call(this.account, 'iam', 'put_user_policy', {
      UserName,
      PolicyName: 'personas',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Resource: this.role('*') }] }),
    });
    const { AccessKey } = await api.call<{ AccessKey: { AccessKeyId: string; SecretAccessKey: string } }>(this.account, 'iam', 'create_access_key', { UserName });
    const credentials = { key: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey };
    this.people.set(UserName, credentials);
    return credentials;
  }
}

interface StageState { readonly stageName: string; readonly actionStates: { actionName: string; latestExecution: { token: string } }[] }

/** The group of a project's models. */
export function groupOf({ ProjectName, ProjectId }: Project): string {
  return `churn--${ProjectName}-${ProjectId}`;
}

function completed(what: string, project: Project): Project {
  if (project.ProjectStatus !== `${what}Completed`) throw new Error(`${project.ProjectName} is ${project.ProjectStatus}: ${JSON.stringify(project)}`);
  return project;
}
