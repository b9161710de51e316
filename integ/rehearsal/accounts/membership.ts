import { Administrator } from './administrator';
import { expectFailure, expectSuccess } from './provisioning';
import { Team } from './team';
import { Scene } from './variants';

const CAROL = { UserName: 'carol', Persona: 'data-scientist', DeleteWorkOf: '' };

/** What a form made of a user. */
interface Profile {
  readonly UserProfileName: string;
  readonly UserSettings: { readonly ExecutionRole: string; readonly SecurityGroups: string[] };
}

/** Team administrators of the environment `churn`, whose first member is alice, add members and remove them. */
export class Membership {
  private readonly team: Team;

  constructor(private readonly scene: Scene, private readonly account: string) {
    this.team = new Team(scene, account);
  }

  public async rehearse(): Promise<void> {
    const erin = await this.administrator('erin'), frank = await this.administrator('frank');
    await this.refuseForms(erin);
    await this.refuseOthers();
    expectSuccess('carol', await erin.launch(undefined, CAROL, 'carol'));
    await this.compare('carol', 'alice', 'studio-execution');
    expectSuccess('carol', await frank.update('carol', undefined, { Persona: 'ml-engineer' }));
    await this.compare('carol', 'alice', 'data-preparation');
    await this.refuseTaken(frank);
    await this.keepWork(frank);
    await this.deleteWork(erin, frank);
    await this.team.leave();
  }

  private async refuseForms(administrator: Administrator): Promise<void> {
    const wrong: [Partial<typeof CAROL>, string][] = [
      [{ UserName: 'Carol' }, 'Name must be 1–63 lower-case letters, digits and hyphens, with a letter or digit at both ends'],
      [{ Persona: 'team-administrator' }, 'AllowedValues'], // a choice in the console, where nobody writes another
      [{ DeleteWorkOf: 'alice' }, 'Delete the work of must be empty, or the name again'],
    ];
    for (const [fields, sentence] of wrong) {
      expectFailure('refused', await administrator.launch(undefined, { ...CAROL, ...fields }, 'refused'), sentence);
      expectSuccess('refused', await administrator.terminate('refused'));
    }
  }

  /** Those who work in Studio do not find the product. */
  private async refuseOthers(): Promise<void> {
    for (const persona of ['data-scientist', 'ml-engineer', 'data-science-administrator']) {
      const { ProductViewSummaries: found } = await this.scene.api.call<{ ProductViewSummaries: { Name: string }[] }>(await this.team.as(persona), 'servicecatalog', 'search_products');
      if (found.some(({ Name }) => Name === 'Member')) throw new Error(`a ${persona} finds the product for members`);
    }
  }

  /** Of a second member of the name, and of a user whom the environment has made: who has the name does not notice. */
  private async refuseTaken(administrator: Administrator): Promise<void> {
    await this.work('alice');
    for (const name of ['carol', 'alice']) {
      const before = JSON.stringify(await this.profile(name));
      expectFailure('another', await administrator.launch(undefined, { ...CAROL, UserName: name, DeleteWorkOf: name }, 'another'), 'already exists');
      expectSuccess('another', await administrator.terminate('another'));
      if (JSON.stringify(await this.profile(name)) !== before) throw new Error(`${name} is another user now`);
    }
    await this.expectSpaces('alice', 1);
    await this.call(administrator.who, 'delete_space', { SpaceName: 'alice-forecast' });
  }

  private async keepWork(administrator: Administrator): Promise<void> {
    await this.work('carol');
    expectFailure('carol', await administrator.terminate('carol'),
      'is kept because people\'s work is in it: space carol-forecast. Delete these in Studio or in the SageMaker console and terminate again.');
    await this.expectSpaces('carol', 1);
    await this.call(administrator.who, 'delete_space', { SpaceName: 'carol-forecast' });
    expectSuccess('carol', await administrator.terminate('carol'));
    await this.expectGone('carol');
  }

  /** By somebody else than who added the member, in two steps. */
  private async deleteWork(first: Administrator, second: Administrator): Promise<void> {
    expectSuccess('dave', await first.launch(undefined, { ...CAROL, UserName: 'dave' }, 'dave'));
    await this.work('dave');
    expectSuccess('dave', await second.update('dave', undefined, { DeleteWorkOf: 'dave' }));
    await this.expectSpaces('dave', 1);
    expectSuccess('dave', await second.terminate('dave'));
    await this.expectSpaces('dave', 0);
    await this.expectGone('dave');
  }

  /** The member is as the user whom the environment has made, but for a group of their own. */
  private async compare(member: string, user: string, role: string): Promise<void> {
    const [added, made] = [await this.profile(member), await this.profile(user)];
    if (!added.UserSettings.ExecutionRole.endsWith(this.team.role(role).split('/')[1])) throw new Error(`${member} works as ${added.UserSettings.ExecutionRole}`);
    const [groups, others] = [added, made].map(({ UserSettings: { SecurityGroups } }) => SecurityGroups);
    if (groups.length !== others.length || groups[0] === others[0]) throw new Error(`${member} is in ${groups.join(', ')}`);
  }

  private async work(UserProfileName: string): Promise<void> {
    await this.call(this.account, 'create_space', {
      SpaceName: `${UserProfileName}-forecast`,
      OwnershipSettings: { OwnerUserProfileName: UserProfileName },
      SpaceSharingSettings: { SharingType: 'Private' },
      SpaceSettings: { AppType: 'JupyterLab' },
    });
  }

  private async expectSpaces(name: string, count: number): Promise<void> {
    const { Spaces } = await this.scene.api.call<{ Spaces: { SpaceName: string; Status: string }[] }>(this.account, 'sagemaker', 'list_spaces', { DomainIdEquals: await this.domainId() });
    const found = Spaces.filter(({ SpaceName }) => SpaceName === `${name}-forecast`);
    if (found.length !== count) throw new Error(`${name} has ${found.length} spaces instead of ${count}`);
  }

  private async expectGone(UserProfileName: string): Promise<void> {
    await this.scene.api.refused('ResourceNotFound', this.profile(UserProfileName));
  }

  private async profile(UserProfileName: string): Promise<Profile> {
    return this.call<Profile>(this.account, 'describe_user_profile', { UserProfileName });
  }

  private async administrator(name: string): Promise<Administrator> {
    return new Administrator(this.scene, this.account, await this.team.as('team-administrator', name), 'Member');
  }

  private async call<T>(who: Administrator['who'] | string, operation: string, parameters: object): Promise<T> {
    return this.scene.api.call<T>(who, 'sagemaker', operation, { DomainId: await this.domainId(), ...parameters });
  }

  private domainId(): Promise<string> {
    return this.team.parameter('studio/domain-id');
  }
}
