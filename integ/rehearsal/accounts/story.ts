import { writeFileSync } from 'fs';
import { join } from 'path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { FIRST as DATA_SCIENCE, ORGANIZATION, PLATFORM, PRODUCTION, STAGING } from './organization';
import { StackSetUser } from './stack-sets';
import { Project } from './studio-user';
import { groupOf, Team } from './team';
import { DRIFTED, PREFIX, Training, Version } from './training';
import { AccountsVariant, Scene } from './variants';
import { Watching } from './watching';
import { DataScienceStack } from '../../apps/multi-account/data-science-stack';
import { PlatformStack } from '../../apps/multi-account/platform-stack';
import { StagingStack } from '../../apps/multi-account/staging-stack';
import { Execution } from '../delivery/code-pipeline';
import { SeedModels } from '../delivery/seed-models';

const ACCOUNTS: Record<string, string> = { staging: STAGING, production: PRODUCTION };

/** Where people are. */
const HERE = '127.0.0.1/32';

/** What a team does with an environment, from the launch of a project to a model in production. */
export function story(): AccountsVariant {
  return {
    name: 'story',
    proves: [
      'raw data in the bucket, train, tune, report, approve, staging, test, approve, production, drift, retrained on the new data: each by whom it is for, with the seed code\'s own model',
      'a bad one is taken back, one that is rejected goes nowhere, an event that comes twice does nothing',
    ].join('; '),
    accounts: [DATA_SCIENCE, STAGING, PRODUCTION, PLATFORM],
    organization: ORGANIZATION,
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const removalPolicy = RemovalPolicy.DESTROY;
      const { churn: environment, ...made } = new DataScienceStack(app, 'DataScience', {
        ...of(DATA_SCIENCE), staging: STAGING, platform: PLATFORM, removalPolicy, sourceCidrs: [HERE],
      });
      new StagingStack(app, 'Staging', { ...of(STAGING), environment, stage: made.staging, removalPolicy });
      new PlatformStack(app, 'Platform', { ...of(PLATFORM), environment, stage: made.production, removalPolicy });
    },
    acts: [{
      name: 'the story',
      play: (scene) => new Story(scene).tell(),
      // Objects go with their buckets; people's code and the record of versions outlive their project.
      leaves: /s3\.(buckets|object_versions)\/.*churnstorage(data|models|reports|artifacts)|s3\..*churn--releases|s3\.object_versions.*'monitoring\/churn--production|CodeCommit::Repository|ModelPackageGroup/,
    }],
    keeps: {
      [DATA_SCIENCE]: [/CodeCommit::Repository/, /CodeCommit::Repository/, /CodeCommit::Repository/, /ModelPackageGroup/],
    },
  };
}

/** The steps in their order: who does what, and what stands when it is done. */
class Story {
  private readonly models: SeedModels;
  private readonly team: Team;
  private training!: Training;

  constructor(private readonly scene: Scene) {
    this.models = new SeedModels(scene, DATA_SCIENCE, scene.aws.folder);
    this.team = new Team(scene, DATA_SCIENCE, async (endpoint, accounts) => {
      for (const account of accounts) await this.models.serve(account, endpoint);
    });
  }

  public async tell(): Promise<void> {
    const { team } = this;
    try {
      const train = await team.launch('forecast', 'Train'), group = groupOf(train);
      this.training = new Training(this.scene, team, train);
      const deploy = await team.launch('live', 'Deploy', { ModelPackageGroupName: group });
      const { version, execution, answer } = await this.comesToProduction(deploy);
      await this.isToldAgain(deploy, version);
      await this.isTakenBack(group, deploy, execution, version, answer);
      await this.goesBackUnseen(group, deploy, execution, version, answer);
      await this.goesBack(group, deploy, execution, version, answer);
      await this.isRejected(group, deploy, version);
      const watching = await Watching.of(this.scene, team, train, ACCOUNTS);
      await this.isRetrained(watching, group, deploy);
      await watching.leave();
      await this.leave([deploy, train]);
      await watching.empty();
    } finally {
      this.models.stop();
    }
  }

  /** Alice puts data into the bucket and pushes: the pipeline reads it as the job's role, tunes, measures and registers. */
  private async isTrained(): Promise<string> {
    const { training } = this;
    await training.begins();
    const { parameters, tries, version } = await training.runs(), said = await training.describe(version);
    const input = await this.inputOf();
    same(parameters.Input, input, 'the input that the execution was started with');
    same(said.CustomerMetadataProperties.input, input, 'the input of the version');
    same(said.CustomerMetadataProperties['input-digest'], training.digest('2030-01.csv'), 'the digest of what it has learnt from');
    isBest(tries, said);
    return version;
  }

  /** Who approves looks at the evidence first. */
  private async isRead(version: string, ...parts: string[]): Promise<void> {
    const { CustomerMetadataProperties: { report } } = await this.training.describe(version), page = await this.training.opened(report);
    const missing = parts.filter((part) => !page.includes(part));
    if (missing.length > 0) throw new Error(`the report of ${version} says nothing of ${missing.join(', ')}`);
  }

  /** A model is trained, evaluated and registered; approved, it goes to staging, is tested, and after another approval to production. */
  private async comesToProduction(deploy: Project): Promise<{ version: string; execution: Execution; answer: string }> {
    const { team, scene } = this;
    const version = await this.isTrained();
    same(await this.statusOf(version), 'PendingManualApproval', 'a new version');
    await fails(/has no approved version/, team.deliver(deploy));
    await scene.api.refused('AccessDenied', team.approve(version, (await team.studio()).who));

    await this.isRead(version, this.training.digest('2030-01.csv'), 'auc');
    const auc = await this.measured(version);
    await team.approve(version);
    const execution = await team.deliver(deploy, async (message) => {
      await this.runs('staging', version);
      same((await this.endpointsIn('production')).length, 0, 'the number of endpoints in production before its approval');
      const measured = `auc ${Number(auc.toPrecision(4))}`;
      if (!message.includes(version) || !message.includes(measured)) throw new Error(`the approver reads "${message}", and nothing of ${measured}`);
    });
    await this.runs('production', version);
    const answer = await this.answers('production');
    same(await this.answers('staging'), answer, 'the answer of the same model in staging');
    return { version, execution, answer };
  }

  /** AWS tells of the approval once more: nobody is asked, and nothing is deployed. */
  private async isToldAgain(deploy: Project, version: string): Promise<void> {
    const { skipped } = await this.team.deliver(deploy, async () => { throw new Error('somebody was asked again'); });
    same(skipped.join(), 'Staging,ApproveProduction,Production', 'what is left out when AWS tells of an approval again');
    await this.runs('production', version);
  }

  /** The second person says no: production stays what it is, and nobody is asked about it any more. */
  private async isRejected(group: string, deploy: Project, version: string): Promise<void> {
    const { team } = this;
    const refused = await team.release(group, await this.models.train('rejected', { CONFIG: this.withDepth(3) }, this.training.folder));
    let asked = 0;
    await fails(/^ApproveProduction\/Approve: was rejected$/, team.deliver(deploy, async () => {
      asked++;
      return 'Rejected';
    }));
    same(asked, 1, 'the number of times that somebody was asked');
    same(team.pipelineOf(deploy).latest.rolledBack.size, 0, 'the number of stages that went back');
    await this.runs('staging', refused);
    await this.runs('production', version);
  }

  /** A model of other data has passed its own gate, and is registered and approved by mistake: in staging it fails the test. */
  private async isTakenBack(group: string, deploy: Project, before: Execution, version: string, answer: string): Promise<void> {
    const { sample } = await this.models.train('first again', { CONFIG: this.withDepth(3) }, this.training.folder);
    const other = await this.models.train('other');
    await this.team.release(group, { ...other, sample });
    await this.failsInStaging(/requests failed[\s\S]*\b30\b[\s\S]*\b10\b/, deploy, before, version, answer);
  }

  /**
   * Requests go over to another model, and an alarm sounds when the update seems to be done: SageMaker goes back, and the endpoint is in
   * service and answers well. What it runs is not what was released.
   */
  private async goesBackUnseen(group: string, deploy: Project, before: Execution, version: string, answer: string): Promise<void> {
    await this.team.release(group, await this.models.train('unseen', { CONFIG: this.withDepth(4) }, this.training.folder));
    await this.scene.aws.alarmLate(STAGING, 'churn--staging--live');
    await this.failsInStaging(/the endpoint churn--staging--live does not run what was released: it captures to/, deploy, before, version, answer);
  }

  /** A delivery ends with the test of staging, which goes back; production hears of nothing. */
  private async failsInStaging(reason: RegExp, deploy: Project, before: Execution, version: string, answer: string): Promise<void> {
    const delivery = this.team.deliver(deploy, async () => { throw new Error('somebody was asked for production'); });
    await fails(new RegExp(`^Staging/Test: [\\s\\S]*${reason.source}`), delivery);
    same(this.team.pipelineOf(deploy).latest.rolledBack.get('Staging')?.id, before.id, 'what staging has gone back to');
    for (const stage of ['staging', 'production']) {
      await this.runs(stage, version);
      same(await this.answers(stage), answer, `the answer of ${stage}, as before`);
    }
  }

  /** A model that was trained otherwise goes all the way, and production goes back in one step when people want the old one. */
  private async goesBack(group: string, deploy: Project, before: Execution, version: string, answer: string): Promise<void> {
    const { team } = this;
    const next = await team.release(group, await this.models.train('next', { CONFIG: this.withDepth(2) }, this.training.folder));
    await team.deliver(deploy);
    for (const stage of ['staging', 'production']) await this.runs(stage, next);
    if (await this.answers('production') === answer) throw new Error('production answers as if nothing had been deployed');
    await team.goBack(deploy, 'Production', before);
    await this.runs('production', version);
    await this.runs('staging', next);
    same(await this.answers('production'), answer, 'the answer of production, as it was');
  }

  /** What callers send has drifted: the monitor finds it, training starts on what the prefix holds now, and a version of that comes to production. */
  private async isRetrained(watching: Watching, group: string, deploy: Project): Promise<void> {
    const { team, training } = this, before = await this.lastApproved(group);
    const rows = await training.drifts();
    await watching.asked('production', rows);
    const drifted = await watching.looks('production');
    if (!drifted.includes(DRIFTED)) throw new Error(`of ${DRIFTED} the monitor says nothing, but of ${drifted.join(', ')}`);
    const { parameters, tries, version } = await training.runs(), said = await training.describe(version);
    const input = await this.inputOf();
    same(parameters.Input, input, 'the input that drift has started training with');
    same(said.CustomerMetadataProperties['input-digest'], training.digest('2030-01.csv', '2030-02.csv'), 'the digest of what the new version has learnt from');
    same(parameters.PreviousName, before, 'the version that the new one is compared with');
    isBest(tries, said);
    same(await this.statusOf(version), 'PendingManualApproval', 'the version of the new data');
    await this.isRead(version, said.CustomerMetadataProperties['input-digest'], `Metrics of this version and of ${before}`);
    await team.approve(version);
    await team.deliver(deploy);
    for (const stage of ['staging', 'production']) await this.runs(stage, version);
  }

  /** As a report calls it. */
  private async lastApproved(ModelPackageGroupName: string): Promise<string> {
    const { ModelPackageSummaryList: found } = await this.scene.api.call<{ ModelPackageSummaryList: { ModelPackageVersion: number }[] }>(
      DATA_SCIENCE, 'sagemaker', 'list_model_packages', { ModelPackageGroupName, ModelApprovalStatus: 'Approved' });
    return `version ${Math.max(...found.map(({ ModelPackageVersion }) => ModelPackageVersion))}`;
  }

  private async inputOf(): Promise<string> {
    return `s3://${await this.team.parameter('storage/data-bucket')}/${PREFIX}`;
  }

  /** Endpoints go with their stack sets, and projects with their stacks. */
  private async leave(projects: Project[]): Promise<void> {
    for (const [stage, account] of Object.entries(ACCOUNTS)) {
      await new StackSetUser(this.scene.api, DATA_SCIENCE, `churn--${stage}--live`).delete([account]);
    }
    for (const { ProjectName } of projects) await this.team.remove(ProjectName);
    await this.team.leave();
  }

  /** A configuration of the project with trees of another depth, for a run without a search. */
  private withDepth(max_depth: number): string {
    const { tuning, ...said } = this.training.configuration(), file = join(this.team.folder, `config-depth-${max_depth}.json`);
    const { gradient_boosting, ...others } = said.hyperParameters as Record<string, Record<string, number>>;
    writeFileSync(file, JSON.stringify({ ...said, hyperParameters: { ...others, gradient_boosting: { ...gradient_boosting, max_depth } } }));
    return file;
  }

  /** How good a version is, by its own evaluation. */
  private async measured(version: string): Promise<number> {
    const { CustomerMetadataProperties: { report } } = await this.training.describe(version);
    const { binary_classification_metrics: { auc } } = JSON.parse(await this.training.opened(report.replace('report.html', 'evaluation.json'))) as {
      binary_classification_metrics: { auc: { value: number } };
    };
    return auc.value;
  }

  /** An endpoint is in service with this version. */
  private async runs(stage: string, version: string): Promise<void> {
    const account = ACCOUNTS[stage], [{ EndpointName, EndpointStatus }] = await this.endpointsIn(stage);
    same(`${EndpointName} ${EndpointStatus}`, `churn--${stage}--live InService`, `the endpoint in ${stage}`);
    const { Models } = await this.scene.api.call<{ Models: { ModelName: string }[] }>(account, 'sagemaker', 'list_models');
    const { PrimaryContainer } = await this.scene.api.call<{ PrimaryContainer: { ModelDataUrl: string } }>(account, 'sagemaker', 'describe_model', { ModelName: Models[0].ModelName });
    const path = version.split(':model-package/')[1];
    if (Models.length !== 1 || !PrimaryContainer.ModelDataUrl.includes(`/${path}/`)) throw new Error(`${stage} runs ${PrimaryContainer.ModelDataUrl} instead of ${path}`);
  }

  /** What it makes of somebody. */
  private async answers(stage: string): Promise<string> {
    const { Body } = await this.scene.api.call<{ Body: string }>(ACCOUNTS[stage], 'sagemaker-runtime', 'invoke_endpoint', {
      EndpointName: `churn--${stage}--live`, ContentType: 'text/csv', Accept: 'text/csv', Body: this.training.somebody,
    });
    return Body.trim();
  }

  private async endpointsIn(stage: string): Promise<{ EndpointName: string; EndpointStatus: string }[]> {
    return (await this.scene.api.call<{ Endpoints: { EndpointName: string; EndpointStatus: string }[] }>(ACCOUNTS[stage], 'sagemaker', 'list_endpoints')).Endpoints;
  }

  private async statusOf(ModelPackageName: string): Promise<string> {
    return (await this.scene.api.call<{ ModelApprovalStatus: string }>(DATA_SCIENCE, 'sagemaker', 'describe_model_package', { ModelPackageName })).ModelApprovalStatus;
  }
}

/** Of the tries, the one with the highest metric is registered, and there was something to choose from. */
function isBest(tries: { job: string; metric: number }[], { InferenceSpecification: { Containers: [{ ModelDataUrl }] } }: Version): void {
  const best = tries.find(({ metric }) => metric === Math.max(...tries.map((one) => one.metric)))!;
  if (new Set(tries.map(({ metric }) => metric)).size < 2) throw new Error(`all tries are alike: ${JSON.stringify(tries)}`);
  if (!ModelDataUrl.includes(`/${best.job}/`)) throw new Error(`${ModelDataUrl} is registered, though ${best.job} was best of ${JSON.stringify(tries)}`);
}

function same(is: unknown, expected: unknown, what: string): void {
  if (is !== expected) throw new Error(`${what} is ${String(is)}, not ${String(expected)}`);
}

async function fails(reason: RegExp, work: Promise<unknown>): Promise<void> {
  const error = await work.then(() => undefined, (caught: Error) => caught);
  if (error === undefined) throw new Error(`succeeded, though it was to fail for ${reason}`);
  if (!reason.test(error.message)) throw error;
}
