import { Stack, Token } from 'aws-cdk-lib';
import {
  AddToPrincipalPolicyResult, CfnManagedPolicy, CfnRole, IGrantable, IManagedPolicy, IPrincipal, IRole, ManagedPolicy, PolicyDocument,
  PolicyStatement, Role,
} from 'aws-cdk-lib/aws-iam';
import { Construct, DependencyGroup } from 'constructs';
import { EnvironmentNames } from '../names';
import { PersonTrust } from './private/person-trust';
import { RolePolicies } from './private/role-policies';
import { StatementCollector } from './private/statement-collector';
import { arnIn } from '../private/arn';
import { roleOfPermissionSet } from '../private/identity-center';
import { namedRole } from '../private/named-role';
import { packedDocuments, PackedPolicies } from '../private/packed-policies';
import { sayRequired } from '../private/required-role';
import { RoleCard } from '../roles/card';
import { grantedTo, serviceStatement, trustServices } from '../roles/service-trust';

/** What makes a role, or takes one that exists, as the names say. @internal */
export interface ManagedRoleSettings {
  readonly names: EnvironmentNames;
  readonly card: RoleCard<never>;
  /** Who assumes it, where people do. */
  readonly person?: PersonTrust;
}

/**
 * An IAM role of an environment, with its permissions in managed policies.
 *
 * Grants add to these policies and never to the policy of a bucket or a key. To a role that exists already nothing is attached.
 */
export class ManagedRole extends Construct implements IGrantable {
  /** Makes the role that a card describes. @internal */
  public static _of(scope: Construct, settings: ManagedRoleSettings): ManagedRole {
    return new ManagedRole(scope, settings.card.id, settings);
  }

  /** IAM role. */
  public readonly role: IRole;
  /** ARN of the IAM role. */
  public readonly roleArn: string;
  /** Name of the IAM role. */
  public readonly roleName: string;
  /** `true` for a role that exists already, which keeps the permissions that its owner gave it. */
  public readonly isImported: boolean;
  /** Principal that collects what is granted to the role. */
  public readonly grantPrincipal: IPrincipal;
  private readonly statements: PolicyStatement[] = [];
  /** Permission sets of IAM Identity Center that hold the permissions. @internal */
  public readonly _permissionSets: string[] = [];
  private readonly told: ((permissionSetName: string) => void)[] = [];
  private readonly policies?: PackedPolicies;
  private readonly path: string;

  private constructor(scope: Construct, id: string, private readonly settings: ManagedRoleSettings) {
    super(scope, id);
    const { names, card: { role, description, buckets } } = settings, { existingRole } = names._roleSettings(role);
    this.isImported = existingRole !== undefined;
    this.role = existingRole ?? this.make();
    this.roleArn = this.role.roleArn;
    this.roleName = this.role.roleName;
    this.path = names.rolePathOf(role);
    if (!existingRole) {
      const baseOfNames = () => (this._permissionSets.length > 0 ? names.roleName(role) : undefined);
      this.policies = new PackedPolicies(this, 'Policy', this.role, description, this.path, {
        property: 'policies',
        remedy: buckets.length > 0 ? 'Grant fewer and wider prefixes: one data source with a common prefix takes the room of one' : undefined,
      }, baseOfNames);
      RolePolicies.of(scope).join(this, { kind: role, role: this.role, path: this.path, policies: this.policies, baseOfNames });
    }
    this.grantPrincipal = new StatementCollector(this.role, (statement) => this.collect(statement));
    sayRequired(this, role, this, existingRole);
  }

  /** Adds statements to the permissions of the role, or to those that the owner of an existing role must add. */
  public addToPolicy(...statements: PolicyStatement[]): void {
    for (const statement of statements) this.grantPrincipal.addToPrincipalPolicy(statement);
  }

  /**
   * Policies with the permissions of the role, which the owner of an existing role must add.
   *
   * Each document fits into a managed policy.
   */
  public get requiredPolicies(): PolicyDocument[] {
    return packedDocuments(this, this.statements);
  }

  /** Trust policy that the owner of an existing role must give it. */
  public get requiredTrust(): PolicyDocument {
    const { names, card: { assumedBy }, person } = this.settings;
    const statements = person ? [person.statement()] : grantedTo(assumedBy).map((trust) => serviceStatement(this, names, trust));
    return new PolicyDocument({ statements });
  }

  /**
   * Address at which a user of the account who is signed in to the console switches to the role.
   *
   * There is none for roles that no person assumes, for people whom an identity provider signs in, and for a role with a `sessionIdentity`,
   * because the console gives a session neither tags nor a source identity.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html
   */
  public get switchRoleUrl(): string | undefined {
    if (!this.isAssumedByUsers || this.settings.person?.sessionIdentity !== undefined) return undefined;
    const { account } = Stack.of(this);
    return `https://signin.${consoleDomain(this)}/switchrole?account=${account}&roleName=${this.path.slice(1)}${this.roleName}`;
  }

  /**
   * Command with which a user of the account assumes the role, with `<user>` in the place of the user's name.
   *
   * There is none for roles that no person assumes, and for people whom an identity provider signs in.
   *
   * @see https://docs.aws.amazon.com/cli/latest/reference/sts/assume-role.html
   */
  public get assumeRoleCommand(): string | undefined {
    if (!this.isAssumedByUsers) return undefined;
    const command = `aws sts assume-role --role-arn ${this.roleArn} --role-session-name <user>`;
    const { sessionIdentity } = this.settings.person!;
    return sessionIdentity === undefined ? command : `${command} ${sessionIdentity._option('<user>')}`;
  }

  /** Copies of the permissions. @internal */
  public _permissions(): PolicyStatement[] {
    return this.statements.map((statement) => statement.copy());
  }

  /** Says that a permission set of IAM Identity Center holds the permissions: whoever has it, is what the role is. @internal */
  public _isHeldBy(permissionSetName: string): void {
    if (this._permissionSets.includes(permissionSetName)) return;
    this._permissionSets.push(permissionSetName);
    for (const tell of this.told) tell(permissionSetName);
  }

  /** Tells of each permission set that holds the permissions, of later ones too. @internal */
  public _eachPermissionSet(tell: (permissionSetName: string) => void): void {
    this.told.push(tell);
    this._permissionSets.forEach((name) => tell(name));
  }

  /** ARNs of the roles that IAM Identity Center makes for such permission sets. @internal */
  public get _sessionArns(): string[] {
    return this._permissionSets.map((name) => arnIn(this, 'iam', roleOfPermissionSet(name)));
  }

  /** Permissions boundary of the role, unless it is its owner's. @internal */
  public get _permissionsBoundary(): IManagedPolicy | undefined {
    const { names, card } = this.settings, settings = names._roleSettings(card.role);
    return settings.existingRole ? undefined : settings.permissionsBoundary;
  }

  /** The managed policies, by which permission sets hold the permissions; known once an app is complete. @internal */
  public get _policyReferences(): { readonly name: string; readonly path: string }[] {
    return (this.policies?.all ?? []).map((policy) => ({ name: (policy.node.defaultChild as CfnManagedPolicy).managedPolicyName!, path: this.path }));
  }

  /** Counts policies that a role of ours has from elsewhere. @internal */
  public _countAlso(others: readonly ManagedPolicy[]): void {
    this.policies?.countAlso(others.length);
  }

  /** Users of the account become a persona by a call of their own, where no identity provider does it for them. */
  private get isAssumedByUsers(): boolean {
    return !this.isImported && this.settings.person?.isOfAccount === true;
  }

  private make(): Role {
    const { names, card: { role, description, assumedBy }, person } = this.settings;
    const settings = { ...names._roleSettings(role), description };
    if (!person) return trustServices(this, names, grantedTo(assumedBy), (principal) => namedRole(this, 'Role', { ...settings, assumedBy: principal }));
    const made = namedRole(this, 'Role', { ...settings, assumedBy: person.principal });
    // The L2 would let the principal in without its session identity.
    (made.node.defaultChild as CfnRole).assumeRolePolicyDocument = new PolicyDocument({ statements: [person.statement()] });
    return made;
  }

  private collect(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.statements.push(statement);
    const policyDependable = this.isImported ? new DependencyGroup() : RolePolicies.of(this.node.scope as Construct).add(this, statement);
    return { statementAdded: true, policyDependable };
  }
}

function consoleDomain(scope: Construct): string {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) return 'aws.amazon.com';
  if (region.startsWith('cn-')) return 'amazonaws.cn';
  return region.startsWith('us-gov-') ? 'amazonaws-us-gov.com' : 'aws.amazon.com';
}
