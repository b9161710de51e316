import { RemovalPolicy } from 'aws-cdk-lib';
import { Administrator, Form } from './administrator';
import { Provisioning } from './provisioning';
import { AccountsVariant, Scene } from './variants';
import { SelfServiceStack } from '../../apps/self-service/self-service-stack';
import { Step } from '../changes';
import { Deployed } from '../local-aws';

const ACCOUNT = '111111111111';
const CHURN: Form = { EnvironmentName: 'churn', Owner: 'churn@example.com', NetworkRange: '10.0.0.0/16', TargetAccount: '222222222222', FirstMember: 'alice' };

/** Environments from a form: of a product of Service Catalog, by an administrator without permissions of their own. */
export function selfService(): AccountsVariant {
  const story = new SelfServiceStory();
  return {
    name: 'self-service',
    proves: 'an administrator without permissions of their own launches and terminates environments by a form, with a launch role that may do it',
    accounts: [ACCOUNT],
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { step, region }) => void new SelfServiceStack(app, 'SelfService', {
      env: { account: ACCOUNT, region }, versions: step === Step.FIRST ? 1 : 2, removalPolicy: RemovalPolicy.DESTROY,
    }),
    acts: [
      { name: 'what is wrong in a form is refused', beforeChange: true, play: (scene) => story.refuseForms(scene) },
      { name: 'a launch that fails leaves nothing', beforeChange: true, play: (scene) => story.failToLaunch(scene) },
      { name: 'an environment is launched', beforeChange: true, lasts: true, play: (scene) => story.launch(scene) },
      { name: 'nobody else gets at it', play: (scene) => story.refuseOthers(scene) },
      { name: 'environments are terminated', lasts: true, play: (scene) => story.terminate(scene) },
    ],
    keeps: { [ACCOUNT]: story.keeps },
  };
}

/** What an administrator does with environments. */
class SelfServiceStory {
  /** What outlives environments. */
  public readonly keeps: RegExp[] = [];

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

  public async launch(scene: Scene): Promise<void> {
    expect('churn', await (await this.administrator(scene)).launch('1.0', CHURN));
  }

  /** The launch role is Service Catalog's alone, and nobody has permissions because of what they launch. */
  public async refuseOthers(scene: Scene): Promise<void> {
    const { api } = scene, { who } = await this.administrator(scene);
    const [launchRole] = await this.roles(scene, 'SelfService-Environments-');
    await api.refused('AccessDenied', api.assume(who, launchRole.Arn));
    await api.refused('AccessDenied', api.call(who, 'iam', 'create_role', { RoleName: 'mine', AssumeRolePolicyDocument: '{}' }));
    await api.refused('AccessDenied', api.call(who, 'sagemaker', 'list_domains'));
    const member = await scene.aws.become(ACCOUNT, {
      service: 'sagemaker.amazonaws.com', source: `arn:aws:sagemaker:eu-west-1:${ACCOUNT}:*`, role: `arn:aws:iam::${ACCOUNT}:role/churn--studio-execution-eu-west-1`,
    });
    await api.refused('AccessDenied', api.call(member, 'servicecatalog', 'terminate_provisioned_product', { ProvisionedProductName: 'churn', TerminateToken: 'mine' }));
  }

  public async terminate(scene: Scene): Promise<void> {
    const administrator = await this.administrator(scene);
    const stood = await administrator.deployed('churn');
    expect('churn', await administrator.terminate('churn'));
    this.keep(stood, 'AWS::KMS::Key', /^EnvironmentKeysArtifacts/); // repositories are encrypted with it
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

  private administrator(scene: Scene): Promise<Administrator> {
    return Administrator.of(scene, ACCOUNT, 'SelfService-Administrators');
  }

  private async roles({ api }: Scene, name: string): Promise<{ RoleName: string; Arn: string }[]> {
    const { Roles } = await api.call<{ Roles: { RoleName: string; Arn: string }[] }>(ACCOUNT, 'iam', 'list_roles');
    return Roles.filter(({ RoleName }) => RoleName.startsWith(name));
  }
}

function expect(name: string, { Status, reason }: Provisioning): void {
  if (Status !== 'SUCCEEDED') throw new Error(`${name} is ${Status}: ${reason}`);
}

function expectFailure(name: string, { Status, reason }: Provisioning, because: string): void {
  if (Status !== 'FAILED' || !reason.includes(because)) throw new Error(`${name} is ${Status} instead of FAILED with "${because}": ${reason}`);
}
