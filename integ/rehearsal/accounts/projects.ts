import { Schedule } from 'aws-cdk-lib/aws-events';
import { ExpectedProject, seeProject, Seen } from './project-things';
import { Details, Project, StudioUser } from './studio-user';
import { AccountsVariant, Scene } from './variants';
import { ProjectsStack } from '../apps/projects';
import { Step } from '../changes';
import { REGION } from '../local-aws';

const ACCOUNT = '111111111111';
const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/churn--${name}-${REGION}`;
const LAUNCH_ROLE = roleArn('project-launch');

const BUILD = { 'AWS::CodeBuild::Project': 1, 'AWS::Logs::LogGroup': 1 };
const TRAIN: ExpectedProject = { 'AWS::CodeCommit::Repository': 1, 'AWS::SageMaker::ModelPackageGroup': 1, 'AWS::CodePipeline::Pipeline': 1, 'AWS::Events::Rule': 1, ...BUILD };
const DEPLOY: ExpectedProject = { 'AWS::CodeCommit::Repository': 1, 'AWS::CodePipeline::Pipeline': 1, 'AWS::Events::Rule': 2, 'AWS::CodeBuild::Project': 3, 'AWS::Logs::LogGroup': 3 };
const RETRAINED: ExpectedProject = { ...TRAIN, 'AWS::Events::Rule': 2 };

/** What the grant of a bucket holds beside reading its objects, for all who read from one. */
const OF_GRANTS = ['s3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectAttributes', 's3:ListBucket', 's3:GetBucketLocation'];

/** Projects: by both templates through Service Catalog, and through S3. */
export function projects(): AccountsVariant {
  const story = new ProjectStory();
  return {
    name: 'projects',
    proves: 'projects are launched as whoever works in Studio, through Service Catalog and S3, with a launch role that has every permission that it needs and no other',
    accounts: [ACCOUNT],
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { step, region }) => void new ProjectsStack(app, 'Projects', {
      env: { account: ACCOUNT, region }, retraining: step === Step.FIRST ? undefined : Schedule.expression('rate(7 days)'),
    }),
    change: true,
    acts: [
      { name: 'a launch that fails leaves nothing', beforeChange: true, play: (scene) => story.failToLaunch(scene) },
      { name: 'a data scientist launches projects', beforeChange: true, lasts: true, play: (scene) => story.launch(scene) },
      { name: 'a new version leaves projects alone', play: (scene) => story.seeThemUntouched(scene) },
      { name: 'somebody else\'s projects', play: (scene) => story.refuseOthers(scene) },
      { name: 'an endpoint that is another project\'s', play: (scene) => story.claimEndpoint(scene) },
      { name: 'projects are updated on request', lasts: true, play: (scene) => story.update(scene) },
      { name: 'projects are deleted', lasts: true, play: (scene) => story.remove(scene) },
      { name: 'each permission of the launch role was needed', play: (scene) => story.seeThatAllWasNeeded(scene) },
    ],
    // Work and the record of what was trained outlive their project.
    keeps: {
      [ACCOUNT]: [...Array.from({ length: 3 }, () => /^AWS::CodeCommit::Repository\//), ...Array.from({ length: 2 }, () => /^AWS::SageMaker::ModelPackageGroup\//)],
    },
  };
}

/** What happens to the projects of one data scientist. */
class ProjectStory {
  private projects: Project[] = [];
  private seen: Seen[] = [];

  /** The last thing to be made is refused; what was made before goes again. */
  public async failToLaunch(scene: Scene): Promise<void> {
    const { api } = scene, alice = await this.alice(scene);
    const deny = { RoleName: LAUNCH_ROLE.split('/')[1], PolicyName: 'rehearsed' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'events:PutTargets', Resource: '*' }] });
    await api.call(ACCOUNT, 'iam', 'put_role_policy', { ...deny, PolicyDocument });
    for (const [name, details] of Object.entries({ broken: await alice.product('Train'), brokenfroms3: await this.fromS3(scene, alice) })) {
      expectStatus(await alice.create(name, details), 'CreateFailed');
      expectStatus(await alice.delete(name), 'DeleteCompleted');
    }
    await api.call(ACCOUNT, 'iam', 'delete_role_policy', deny);
  }

  public async launch(scene: Scene): Promise<void> {
    const alice = await this.alice(scene);
    const details = await this.newest(scene, alice);
    this.projects = [await alice.create('forecast', details[0]), await alice.create('forecast-live', details[1]), await alice.create('scoring', details[2])];
    for (const project of this.projects) expectStatus(project, 'CreateCompleted');
    this.seen = await this.look(scene, [TRAIN, DEPLOY, TRAIN]);
  }

  /** The change has brought new versions, and its roll-back has taken back what came after; neither has touched a project. */
  public async seeThemUntouched(scene: Scene): Promise<void> {
    const now = await this.look(scene, [TRAIN, DEPLOY, TRAIN]);
    if (JSON.stringify(now) !== JSON.stringify(this.seen)) throw new Error('a project is not what it was before the change');
  }

  public async refuseOthers(scene: Scene): Promise<void> {
    const { api, aws } = scene, alice = await this.alice(scene);
    const other = await StudioUser.of(aws, api, ACCOUNT, 'churn--data-preparation');
    const [train, deploy] = await this.newest(scene, other);
    await api.refused('AccessDenied', other.delete('forecast'));
    await api.refused('AccessDenied', other.update('forecast', train));
    await api.refused('AccessDenied', other.update('forecast-live', deploy));
    // The launch role is for launching: neither people nor jobs get at it, nor hand it on to another service.
    await api.refused('AccessDenied', api.assume(alice.who, LAUNCH_ROLE));
    await api.refused('AccessDenied', alice.create('mine', await alice.template(await this.bucket(scene), roleArn('code-build'))));
  }

  /** Whoever may launch may do so past Studio, and give the name of somebody's project: it has an endpoint already. */
  public async claimEndpoint(scene: Scene): Promise<void> {
    const alice = await this.alice(scene), [, deploy] = await this.newest(scene, alice);
    const provisioned = await alice.provision(deploy, { SageMakerProjectName: 'forecast-live', SageMakerProjectId: 'p-another' });
    if (provisioned.Status !== 'FAILED' || !/forecast-live--test already exists/.test(provisioned.reason)) {
      throw new Error(`a second project of the name forecast-live is ${provisioned.Status}: ${provisioned.reason}`);
    }
  }

  public async update(scene: Scene): Promise<void> {
    const alice = await this.alice(scene);
    const details = await this.newest(scene, alice);
    for (const [index, { ProjectName }] of this.projects.entries()) expectStatus(await alice.update(ProjectName, details[index]), 'UpdateCompleted');
    const now = await this.look(scene, [RETRAINED, DEPLOY, RETRAINED]);
    if (now.some((seen, index) => JSON.stringify(seen) === JSON.stringify(this.seen[index]))) throw new Error('a project is what it was before its update');
  }

  public async remove(scene: Scene): Promise<void> {
    const alice = await this.alice(scene);
    for (const { ProjectName } of this.projects) expectStatus(await alice.delete(ProjectName), 'DeleteCompleted');
    const kept = { 'AWS::CodeCommit::Repository': 1 };
    await this.look(scene, [{ ...kept, 'AWS::SageMaker::ModelPackageGroup': 1 }, kept, { ...kept, 'AWS::SageMaker::ModelPackageGroup': 1 }]);
  }

  /** By now projects were made, changed, removed and rolled back in either way: what was never asked for is granted in vain. */
  public async seeThatAllWasNeeded({ aws, api }: Scene): Promise<void> {
    const RoleName = LAUNCH_ROLE.split('/')[1];
    const { AttachedPolicies } = await api.call<{ AttachedPolicies: { PolicyArn: string }[] }>(ACCOUNT, 'iam', 'list_attached_role_policies', { RoleName });
    const granted = await Promise.all(AttachedPolicies.map(async ({ PolicyArn }) => {
      const { PolicyVersion } = await api.call<{ PolicyVersion: { Document: { Statement: { Action: string | string[] }[] } } }>(
        ACCOUNT, 'iam', 'get_policy_version', { PolicyArn, VersionId: 'v1' });
      return PolicyVersion.Document.Statement.flatMap(({ Action }) => Action);
    }));
    const needed = new Set([...await aws.weighed(LAUNCH_ROLE), ...OF_GRANTS]);
    const inVain = [...new Set(granted.flat())].filter((action) => !needed.has(action));
    if (inVain.length > 0) throw new Error(`nothing has needed ${inVain.join(', ')}`);
  }

  private alice({ aws, api }: Scene): Promise<StudioUser> {
    return StudioUser.of(aws, api, ACCOUNT, 'churn--studio-execution');
  }

  /** The newest version of each template: training and deployment as products, training from S3. */
  private async newest(scene: Scene, user: StudioUser): Promise<Details[]> {
    const [{ ProjectId } = { ProjectId: '' }] = this.projects;
    return [await user.product('Train'), await user.product('Deploy', { ModelPackageGroupName: `churn--forecast-${ProjectId || 'p-later'}` }), await this.fromS3(scene, user)];
  }

  private async fromS3(scene: Scene, user: StudioUser): Promise<Details> {
    return user.template(await this.bucket(scene), LAUNCH_ROLE);
  }

  private async bucket({ api }: Scene): Promise<string> {
    const { Parameter } = await api.call<{ Parameter: { Value: string } }>(ACCOUNT, 'ssm', 'get_parameter', { Name: '/secure-mlops/churn/storage/templates-bucket' });
    return Parameter.Value;
  }

  private look({ aws }: Scene, expected: ExpectedProject[]): Promise<Seen[]> {
    return Promise.all(this.projects.map((project, index) => seeProject(aws, ACCOUNT, project.ProjectId, expected[index])));
  }
}

function expectStatus({ ProjectName, ProjectStatus, ...rest }: Project, status: string): void {
  if (ProjectStatus !== status) throw new Error(`${ProjectName} is ${ProjectStatus} instead of ${status}: ${JSON.stringify(rest)}`);
}
