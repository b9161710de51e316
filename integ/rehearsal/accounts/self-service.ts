import { RemovalPolicy } from 'aws-cdk-lib';
import { Administrator, Form } from './administrator';
import { Membership } from './membership';
import { expectFailure, expectSuccess as expect } from './provisioning';
import { Project, StudioUser } from './studio-user';
import { Targets } from './targets';
import { AccountsVariant, Scene } from './variants';
import { SelfServiceStack } from '../../apps/self-service/self-service-stack';
import { TargetsStack } from '../apps/targets';
import { Step } from '../changes';
import { Deployed, REGION } from '../local-aws';

const ACCOUNT = '111111111111';
const TARGET = '222222222222';
const CHURN: Form = { EnvironmentName: 'churn', Owner: 'churn@example.com', NetworkRange: '10.0.0.0/16', TargetAccount: TARGET, FirstMember: 'alice' };
const FRAUD: Form = { EnvironmentName: 'fraud', Owner: 'fraud@example.com', NetworkRange: '10.1.0.0/16', TargetAccount: '333333333333', FirstMember: '' };
const MEMBER = { service: 'sagemaker.amazonaws.com', source: `arn:aws:sagemaker:${REGION}:${ACCOUNT}:*`, role: `arn:aws:iam::${ACCOUNT}:role/churn--studio-execution-${REGION}` };
/** The project template of these environments. */
const TRAIN = 'Train and register a model';
/** Service Catalog remembers that the last update failed. */
const TAINTED = /service_catalog\.provisioned\//;
/** Besides, versions of the template that an update has published; and the local AWS takes endpoints away before it makes others in another network. */
const REPLACED = /service_catalog\.provisioned\/|products\/(project|member)-|s3\.buckets\/sc-|ec2\.network_interfaces\//;
/** KMS keeps what is scheduled for deletion for a while. */
const KEYS_THAT_GO = /kms\.keys\//;
/** What an update must not replace. */
const STATEFUL = /^AWS::(S3::Bucket|KMS::Key|SageMaker::Domain|EC2::VPC|EC2::Subnet|IAM::Role|ServiceCatalog::CloudFormationProduct)$/;

/** Environments from a form: of a product of Service Catalog, by an administrator without permissions of their own. */
export function selfService(): AccountsVariant {
  const story = new SelfServiceStory();
  return {
    name: 'self-service',
    proves: 'an administrator without permissions of their own launches, updates and terminates environments by a form, with a launch role that may do it',
    accounts: [ACCOUNT, TARGET],
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { step, region }) => {
      new SelfServiceStack(app, 'SelfService', { env: { account: ACCOUNT, region }, versions: step === Step.FIRST ? 1 : 2, removalPolicy: RemovalPolicy.DESTROY });
      new TargetsStack(app, 'Targets', { env: { account: TARGET, region }, environmentAccount: ACCOUNT });
    },
    change: true,
    acts: [
      { name: 'what is wrong in a form is refused', beforeChange: true, play: (scene) => story.refuseForms(scene) },
      { name: 'a launch that fails leaves nothing', beforeChange: true, play: (scene) => story.failToLaunch(scene) },
      { name: 'environments are launched', beforeChange: true, lasts: true, play: (scene) => story.launch(scene) },
      { name: 'a name that is taken', beforeChange: true, play: (scene) => story.refuseTaken(scene) },
      { name: 'a network range that overlaps', beforeChange: true, play: (scene) => story.refuseOverlap(scene) },
      { name: 'members are added and removed by a form', beforeChange: true, play: (scene) => new Membership(scene, ACCOUNT).rehearse() },
      { name: 'an account makes itself a target by a form', beforeChange: true, leaves: KEYS_THAT_GO, play: (scene) => new Targets(scene, ACCOUNT, TARGET).rehearse() },
      { name: 'a member launches a project', beforeChange: true, lasts: true, play: (scene) => story.launchProject(scene) },
      { name: 'a new version leaves environments alone', play: (scene) => story.seeThemUntouched(scene) },
      { name: 'nobody else gets at it', play: (scene) => story.refuseOthers(scene) },
      { name: 'an update that fails half-way', leaves: TAINTED, play: (scene) => story.failToUpdate(scene) },
      { name: 'what cannot change', leaves: REPLACED, play: (scene) => story.refuseReplacements(scene) },
      { name: 'an environment is updated', lasts: true, play: (scene) => story.update(scene) },
      { name: 'the project goes', lasts: true, play: (scene) => story.removeProject(scene) },
      { name: 'environments are terminated', lasts: true, play: (scene) => story.terminate(scene) },
    ],
    keeps: { [ACCOUNT]: story.keeps },
  };
}

/** What an administrator does with environments. */
class SelfServiceStory {
  /** What outlives environments. */
  public readonly keeps: RegExp[] = [];
  private stood: Deployed[] = [];
  private project?: Project;

  /** Each field, in words; and what is refused is terminated, as people have to. */
  public async refuseForms(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene);
    const wrong: [Partial<Form>, string][] = [
      [{ EnvironmentName: 'Churn' }, 'Name must be 1–20 lower-case letters and digits in groups joined by single hyphens, and begin with a letter'],
      [{ Owner: 'churn <team>' }, 'Owner must be 1–256 letters, digits, spaces and _.:/=+-@, as IAM and SageMaker take tags'],
      [{ NetworkRange: '10.0.0.0/24' }, 'Network range must be an IPv4 range of /16 to /22 that begins where a range of its size begins, such as 10.0.0.0/16'],
      [{ TargetAccount: '22222222222' }, 'Target account must be the 12 digits of an account id'],
      [{ TargetAccount: ACCOUNT }, 'Target account must be another account than that of the environment'],
      [{ FirstMember: 'Alice' }, 'First member must be empty, or be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends'],
    ];
    for (const [fields, sentence] of wrong) {
      expectFailure('refused', await administrator.launch('1.0', { ...CHURN, ...fields }, 'refused'), sentence);
      expect('refused', await administrator.terminate('refused'));
    }
  }

  /** The domain is late: network, keys, buckets and roles stand when the launch role lacks a permission. */
  public async failToLaunch(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene);
    await this.without(scene, 'sagemaker:CreateDomain', async () => {
      expectFailure('half', await administrator.launch('1.0', { ...CHURN, EnvironmentName: 'half' }), 'sagemaker:CreateDomain');
    });
    expect('half', await administrator.terminate('half'));
  }

  /** Side by side: each has a range of its own. */
  public async launch(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene);
    expect('churn', await administrator.launch('1.0', CHURN));
    expect('fraud', await administrator.launch('1.0', FRAUD));
    this.stood = await administrator.deployed('churn');
  }

  /** CloudFormation takes back what it has made, and the environment of that name does not notice. */
  public async refuseTaken(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene);
    expectFailure('another', await administrator.launch('1.0', { ...CHURN, NetworkRange: '10.2.0.0/16' }, 'another'), 'already exists');
    expect('another', await administrator.terminate('another'));
  }

  /** Before there is a network, so that nothing costs by the hour. */
  public async refuseOverlap(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene), networks = async () => (await scene.aws.deployed(ACCOUNT)).filter(({ type }) => type === 'AWS::EC2::VPC').length;
    const before = await networks();
    for (const [range, taken, owner] of [['10.0.0.0/16', '10.0.0.0/16', 'churn'], ['10.1.64.0/18', '10.1.0.0/16', 'fraud']]) {
      expectFailure('another', await administrator.launch('1.0', { ...CHURN, EnvironmentName: 'another', NetworkRange: range }, 'another'),
        `Network range must be free: ${range} overlaps ${taken} of the environment ${owner}`);
      if (await networks() !== before) throw new Error('a network was made with an overlapping range');
      expect('another', await administrator.terminate('another'));
    }
  }

  public async launchProject(scene: Scene): Promise<void> {
    const alice = await this.alice(scene);
    this.project = await alice.create('forecast', await alice.product(TRAIN));
    if (this.project.ProjectStatus !== 'CreateCompleted') throw new Error(`the project is ${JSON.stringify(this.project)}`);
  }

  public async seeThemUntouched(scene: Scene): Promise<void> {
    const now = await (await this.administrator(scene)).deployed('churn');
    if (JSON.stringify(now) !== JSON.stringify(this.stood)) throw new Error('a new version has changed an environment');
  }

  /** The launch role is Service Catalog's alone, and nobody has permissions because of what they launch. */
  public async refuseOthers(scene: Scene): Promise<void> {
    const { api } = scene, { who } = await this.administrator(scene);
    const [launchRole] = await this.roles(scene, 'SelfService-Environments-');
    await api.refused('AccessDenied', api.assume(who, launchRole.Arn));
    await api.refused('AccessDenied', api.call(who, 'iam', 'create_role', { RoleName: 'mine', AssumeRolePolicyDocument: '{}' }));
    await api.refused('AccessDenied', api.call(who, 'sagemaker', 'list_domains'));
    const member = await scene.aws.become(ACCOUNT, MEMBER);
    await api.refused('AccessDenied', api.call(member, 'servicecatalog', 'terminate_provisioned_product', { ProvisionedProductName: 'churn', TerminateToken: 'mine' }));
  }

  /** The tracking server of the new version is refused: the environment is what it was, and can be updated later. */
  public async failToUpdate(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene);
    await this.without(scene, 'sagemaker:CreateMlflowTrackingServer', async () => {
      expectFailure('churn', await administrator.update('churn', '2.0'), 'sagemaker:CreateMlflowTrackingServer');
    });
  }

  /** Name and range are asked for once. */
  public async refuseReplacements(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene);
    expectFailure('churn', await administrator.update('churn', '1.0', { NetworkRange: '10.2.0.0/16' }), 'An environment cannot change its network range from 10.0.0.0/16 to 10.2.0.0/16');
    expectFailure('churn', await administrator.update('churn', '1.0', { EnvironmentName: 'turnover' }), 'An environment cannot change its name from churn to turnover');
  }

  /** By a colleague of whoever launched it. */
  public async update(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene, 'colleague');
    expect('churn', await administrator.update('churn', '2.0', { Owner: 'turnover@example.com', FirstMember: '' }));
    const now = await administrator.deployed('churn'), refs = new Set(now.map(({ ref }) => ref));
    const replaced = this.stood.filter(({ type, ref }) => STATEFUL.test(type) && !refs.has(ref));
    if (replaced.length > 0) throw new Error(`replaced: ${replaced.map(({ logicalId }) => logicalId).join(', ')}`);
    if (!now.some(({ type }) => type === 'AWS::SageMaker::MlflowTrackingServer')) throw new Error('the new version has no tracking server');
    if (now.some(({ type }) => type === 'AWS::SageMaker::UserProfile')) throw new Error('the first member is still there');
  }

  public async removeProject(scene: Scene): Promise<void> {
    const alice = await this.alice(scene), { ProjectId } = this.project!;
    const deployed = await scene.aws.deployed(ACCOUNT), { stack: itsStack } = deployed.find(({ ref }) => ref.includes(ProjectId))!;
    const stood = deployed.filter(({ stack }) => stack === itsStack);
    const removed = await alice.delete('forecast');
    if (removed.ProjectStatus !== 'DeleteCompleted') throw new Error(`the project is ${JSON.stringify(removed)}`);
    this.keep(stood, 'AWS::CodeCommit::Repository', /./);
    this.keep(stood, 'AWS::SageMaker::ModelPackageGroup', /./);
  }

  public async terminate(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene, 'colleague');
    for (const name of ['churn', 'fraud']) {
      const stood = await administrator.deployed(name);
      expect(name, await administrator.terminate(name));
      this.keep(stood, 'AWS::KMS::Key', /^EnvironmentKeysArtifacts/); // repositories are encrypted with it
    }
  }

  private keep(stood: Deployed[], ofType: string, called: RegExp): void {
    const kept = stood.filter(({ type, logicalId }) => type === ofType && called.test(logicalId ?? ''));
    if (kept.length !== 1) throw new Error(`${kept.length} ${ofType} are called ${called.source}`);
    this.keeps.push(...kept.map(({ ref }) => new RegExp(`/${ref}$`)));
  }

  /** While the launch role may not do something. */
  private async without(scene: Scene, action: string, work: () => Promise<void>): Promise<void> {
    const [{ RoleName }] = await this.roles(scene, 'SelfService-Environments-');
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: action, Resource: '*' }] });
    await scene.api.call(ACCOUNT, 'iam', 'put_role_policy', { RoleName, PolicyName: 'rehearsed', PolicyDocument });
    await work();
    await scene.api.call(ACCOUNT, 'iam', 'delete_role_policy', { RoleName, PolicyName: 'rehearsed' });
  }

  private alice({ aws, api }: Scene): Promise<StudioUser> {
    return StudioUser.of(aws, api, ACCOUNT, 'churn--studio-execution');
  }

  private administrator(scene: Scene, session?: string): Promise<Administrator> {
    return Administrator.of(scene, ACCOUNT, 'SelfService-Administrators', session);
  }

  private async roles({ api }: Scene, name: string): Promise<{ RoleName: string; Arn: string }[]> {
    const { Roles } = await api.call<{ Roles: { RoleName: string; Arn: string }[] }>(ACCOUNT, 'iam', 'list_roles');
    return Roles.filter(({ RoleName }) => RoleName.startsWith(name));
  }
}
