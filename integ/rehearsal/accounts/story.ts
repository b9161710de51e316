import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { FIRST as DATA_SCIENCE, ORGANIZATION, PLATFORM, PRODUCTION, STAGING } from './organization';
import { StackSetUser } from './stack-sets';
import { Project } from './studio-user';
import { groupOf, Team } from './team';
import { AccountsVariant, Scene } from './variants';
import { DataScienceStack } from '../../apps/multi-account/data-science-stack';
import { PlatformStack } from '../../apps/multi-account/platform-stack';
import { StagingStack } from '../../apps/multi-account/staging-stack';
import { PROJECTS } from '../../python/seed-environment';
import { Execution } from '../delivery/code-pipeline';
import { SeedModels } from '../delivery/seed-models';

const ACCOUNTS: Record<string, string> = { staging: STAGING, production: PRODUCTION };
/** A row of the data that the seed code is about. */
const SOMEBODY = '0.038,0.050,0.061,0.021,-0.044,-0.034,-0.043,-0.002,0.019,-0.017';

/** What a team does with an environment, from the launch of a project to a model in production. */
export function story(): AccountsVariant {
  return {
    name: 'story',
    proves: 'launch, train, register, approve, staging, test, approve, production: each by whom it is for, with the seed code\'s own model; a bad one is taken back, one that is rejected goes nowhere, an event that comes twice does nothing',
    accounts: [DATA_SCIENCE, STAGING, PRODUCTION, PLATFORM],
    organization: ORGANIZATION,
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
  private readonly models: SeedModels;
  private readonly team: Team;

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
      const deploy = await team.launch('live', 'Deploy', { ModelPackageGroupName: group });
      const { version, execution, answer } = await this.comesToProduction(group, deploy);
      await this.isToldAgain(deploy, version);
      await this.isTakenBack(group, deploy, execution, version, answer);
      await this.goesBackUnseen(group, deploy, execution, version, answer);
      await this.goesBack(group, deploy, execution, version, answer);
      await this.isRejected(group, deploy, version);
      await this.leave([deploy, train]);
    } finally {
      this.models.stop();
    }
  }

  /** A model is trained, evaluated and registered; approved, it goes to staging, is tested, and after another approval to production. */
  private async comesToProduction(group: string, deploy: Project): Promise<{ version: string; execution: Execution; answer: string }> {
    const { team, scene } = this;
    const model = await this.models.train('first'), version = await team.register(group, model);
    same(await this.statusOf(version), 'PendingManualApproval', 'a new version');
    await fails(/has no approved version/, team.deliver(deploy));
    await scene.api.refused('AccessDenied', team.approve(version, (await team.studio()).who));

    await team.approve(version);
    const execution = await team.deliver(deploy, async (message) => {
      await this.runs('staging', version);
      same((await this.endpointsIn('production')).length, 0, 'the number of endpoints in production before its approval');
      const measured = `rmse ${Number(model.metrics.rmse.toPrecision(4))}`;
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
    const refused = await team.release(group, await this.models.train('rejected'));
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
    const { sample } = await this.models.train('first again');
    const other = await this.models.train('other', { CONFIG: this.configuration({ task: 'binary', data: 'breast_cancer', gate: { metric: 'auc', comparison: 'at-least', threshold: 0.5 } }) });
    await this.team.release(group, { ...other, sample });
    await this.failsInStaging(/requests failed[\s\S]*\b10\b[\s\S]*\b30\b/, deploy, before, version, answer);
  }

  /**
   * Requests go over to another model, and an alarm sounds when the update seems to be done: SageMaker goes back, and the endpoint is in
   * service and answers well. What it runs is not what was released.
   */
  private async goesBackUnseen(group: string, deploy: Project, before: Execution, version: string, answer: string): Promise<void> {
    await this.team.release(group, await this.models.train('unseen', { CONFIG: this.withDepth(4) }));
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
    const next = await team.release(group, await this.models.train('next', { CONFIG: this.withDepth(2) }));
    await team.deliver(deploy);
    for (const stage of ['staging', 'production']) await this.runs(stage, next);
    if (await this.answers('production') === answer) throw new Error('production answers as if nothing had been deployed');
    await team.goBack(deploy, 'Production', before);
    await this.runs('production', version);
    await this.runs('staging', next);
    same(await this.answers('production'), answer, 'the answer of production, as it was');
  }

  /** Endpoints go with their stack sets, and projects with their stacks. */
  private async leave(projects: Project[]): Promise<void> {
    for (const [stage, account] of Object.entries(ACCOUNTS)) {
      await new StackSetUser(this.scene.api, DATA_SCIENCE, `churn--${stage}--live`).delete([account]);
    }
    for (const { ProjectName } of projects) await this.team.remove(ProjectName);
    await this.team.leave();
  }

  /** The project's configuration with trees of another depth. */
  private withDepth(max_depth: number): string {
    const { hyperParameters: { gradient_boosting, ...others } } = this.said;
    return this.configuration({ hyperParameters: { ...others, gradient_boosting: { ...gradient_boosting, max_depth } } });
  }

  /** The project's configuration as it is but for this. */
  private configuration(different: object): string {
    const file = join(this.team.folder, `config-${Object.keys(different).join('-')}-${Date.now()}.json`);
    writeFileSync(file, JSON.stringify({ ...this.said, ...different }));
    return file;
  }

  private get said(): { hyperParameters: Record<string, Record<string, number>> } {
    return JSON.parse(readFileSync(join(PROJECTS.train, 'config.json'), 'utf8')) as { hyperParameters: Record<string, Record<string, number>> };
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
      EndpointName: `churn--${stage}--live`, ContentType: 'text/csv', Accept: 'text/csv', Body: SOMEBODY,
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

function same(is: unknown, expected: unknown, what: string): void {
  if (is !== expected) throw new Error(`${what} is ${String(is)}, not ${String(expected)}`);
}

async function fails(reason: RegExp, work: Promise<unknown>): Promise<void> {
  const error = await work.then(() => undefined, (caught: Error) => caught);
  if (error === undefined) throw new Error(`succeeded, though it was to fail for ${reason}`);
  if (!reason.test(error.message)) throw error;
}
