import { Administrator } from './administrator';
import { expectFailure, expectSuccess } from './provisioning';
import { Team } from './team';
import { Scene } from './variants';
import { REGION } from '../local-aws';

/** What the form of a target asks for. */
type TargetForm = Record<'EnvironmentName' | 'EnvironmentAccount' | 'Stage', string>;

const STACK_SETS = 'cloudformation.amazonaws.com';

/** An account makes itself a target of the environment `churn`, which was launched from a form itself. */
export class Targets {
  private readonly form: TargetForm;
  private readonly team: Team;

  constructor(private readonly scene: Scene, environmentAccount: string, private readonly account: string) {
    this.form = { EnvironmentName: 'churn', EnvironmentAccount: environmentAccount, Stage: 'production' };
    this.team = new Team(scene, environmentAccount);
  }

  public async rehearse(): Promise<void> {
    const administrator = await this.administrator();
    await this.refuseForms(administrator);
    await this.failToLaunch(administrator);
    expectSuccess('target', await administrator.launch(undefined, this.form, 'target'));
    await this.expectParameters();
    await this.enter();
    await this.refuseOthers(administrator);
    await this.refuseTaken(administrator);
    await this.refuseChanges(administrator);
    expectSuccess('target', await (await this.administrator('colleague')).terminate('target'));
    const left = await this.scene.aws.deployed(this.account).then((all) => all.filter(({ stack }) => stack.startsWith('SC-')));
    if (left.length > 0) throw new Error(`${left.map(({ ref }) => ref).join(', ')} are left of the target`);
  }

  private async refuseForms(administrator: Administrator): Promise<void> {
    const wrong: [Partial<TargetForm>, string][] = [
      [{ EnvironmentName: 'Churn' }, 'Name must be 1–20 lower-case letters and digits in groups joined by single hyphens, and begin with a letter'],
      [{ EnvironmentAccount: '999999999999' }, 'AllowedValues'], // a choice in the console, where nobody writes another
      [{ Stage: 'test' }, 'AllowedValues'],
      [{ Stage: 'staging' }, 'Stage must be one that this account belongs to, and staging has other accounts'],
    ];
    for (const [fields, sentence] of wrong) {
      expectFailure('refused', await administrator.launch(undefined, { ...this.form, ...fields }, 'refused'), sentence);
      expectSuccess('refused', await administrator.terminate('refused'));
    }
  }

  /** Without a permission of the launch role, nothing half-made stays. */
  private async failToLaunch(administrator: Administrator): Promise<void> {
    const { api } = this.scene, who = { RoleName: await this.launchRole(), PolicyName: 'rehearsed' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 'ec2:CreateVpcEndpoint', Resource: '*' }] });
    await api.call(this.account, 'iam', 'put_role_policy', { ...who, PolicyDocument });
    expectFailure('half', await administrator.launch(undefined, this.form, 'half'), 'ec2:CreateVpcEndpoint');
    await api.call(this.account, 'iam', 'delete_role_policy', who);
    expectSuccess('half', await administrator.terminate('half'));
  }

  /** What endpoint stacks read. */
  private async expectParameters(): Promise<void> {
    const { Parameters } = await this.scene.api.call<{ Parameters: { Name: string }[] }>(this.account, 'ssm', 'describe_parameters');
    const names = Parameters.map(({ Name }) => Name.replace('/secure-mlops/churn/production/', '')).sort();
    const expected = ['encryption/capture-key-arn', 'encryption/volumes-key-arn', 'identity/model-role-arn', 'network/security-group-ids', 'network/subnet-ids', 'network/vpc-id', 'storage/capture-bucket'];
    if (JSON.stringify(names.filter((name) => !name.startsWith('/'))) !== JSON.stringify(expected)) throw new Error(`the target has the parameters ${names.join(', ')}`);
  }

  /** The environment's stack sets come in, as its names say, and nobody else of the environment. */
  private async enter(): Promise<void> {
    const { api } = this.scene, deployment = `arn:aws:iam::${this.account}:role/churn--production--deployment-${REGION}`;
    await api.assume(await this.team.serving(STACK_SETS, 'stackset/churn--production--forecast:1', 'stack-set-administrator'), deployment);
    await api.refused('AccessDenied', api.assume(await this.team.as('team-administrator'), deployment));
    await this.team.leave();
  }

  private async refuseOthers({ who }: Administrator): Promise<void> {
    const { api } = this.scene;
    await api.refused('AccessDenied', api.assume(who, `arn:aws:iam::${this.account}:role/${await this.launchRole()}`));
    await api.refused('AccessDenied', api.call(who, 'iam', 'create_role', { RoleName: 'mine', AssumeRolePolicyDocument: '{}' }));
  }

  private async refuseTaken(administrator: Administrator): Promise<void> {
    expectFailure('another', await administrator.launch(undefined, this.form, 'another'), 'already exists');
    expectSuccess('another', await administrator.terminate('another'));
  }

  /** The target is whose it was. */
  private async refuseChanges(administrator: Administrator): Promise<void> {
    const stood = async () => (await administrator.deployed('target')).map(({ type, ref }) => `${type} ${ref}`).sort();
    const before = await stood();
    expectFailure('target', await administrator.update('target', undefined, { EnvironmentName: 'fraud' }), 'a-target-keeps-its-environment-and-stage');
    const others = (await stood()).filter((one) => !before.includes(one));
    if (others.length > 0) throw new Error(`an update that was refused has made ${others.join(', ')}`);
  }

  private administrator(session?: string): Promise<Administrator> {
    return Administrator.of(this.scene, this.account, 'Targets-Administrators', session);
  }

  private async launchRole(): Promise<string> {
    const { Roles } = await this.scene.api.call<{ Roles: { RoleName: string }[] }>(this.account, 'iam', 'list_roles');
    return Roles.find(({ RoleName }) => RoleName.startsWith('Targets-') && RoleName.endsWith(REGION))!.RoleName;
  }
}
