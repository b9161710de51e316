import { Stack, Token } from 'aws-cdk-lib';
import { CfnRole, IRole, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentRegistry, EnvironmentRoleOptions } from '../registry';
import { Persona, roleOfPersona } from './persona';
import { PersonaTrust } from './persona-trust';
import { UserBinding } from './user-binding';
import { InputCheck } from '../private/input-check';
import { packedDocuments, PackedPolicies } from '../private/packed-policies';
import { RoleSettings, settingsOf } from '../private/role-settings';

/** Properties of a persona's role. */
export interface PersonaRoleProps {
  /** Names the role. */
  readonly registry: EnvironmentRegistry;
  /** Which persona it is. */
  readonly persona: Persona;
  /** What the persona does. */
  readonly description: string;
  /** Who may become the persona. */
  readonly trust: PersonaTrust;
  /**
   * How AWS knows who holds the session.
   *
   * @default - it does not: the persona may be assumed without saying for whom
   */
  readonly binding?: UserBinding;
  /**
   * A role that exists already, such as the one of an Identity Center permission set. It is taken as it is:
   * `requiredPolicies` says what its owner must give it.
   *
   * @default - a new role
   */
  readonly given?: IRole;
  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/** The role that people assume to be a persona. */
export class PersonaRole extends Construct {
  /** The role. */
  public readonly role: IRole;
  /** Whether the role was brought from outside, and so keeps the permissions that its owner gave it. */
  public readonly isGiven: boolean;
  private readonly statements: PolicyStatement[] = [];
  private readonly policies?: PackedPolicies;
  private readonly binding?: UserBinding;
  /** Whether users of the account become the persona by a call of their own, where no identity provider does it for them. */
  private readonly isAssumedByUsers: boolean;
  private readonly path: string;

  constructor(scope: Construct, id: string, props: PersonaRoleProps) {
    super(scope, id);
    new InputCheck(this).notBoth('given', props.given?.roleArn, 'roleOptions', props.given && props.roleOptions,
      'A role from outside stays as it is: its path and boundary are its owner\'s').throwIfInvalid();
    const environmentRole = roleOfPersona(props.persona);
    const settings = props.given ? {} : settingsOf(this, props.roleOptions, environmentRole, props.registry.rolePathOf(environmentRole));
    this.isGiven = props.given !== undefined;
    this.binding = props.binding;
    this.isAssumedByUsers = !this.isGiven && props.trust._isOfAccount;
    this.path = settings.path ?? '/';
    this.role = props.given ?? this.make(props, settings);
    this.policies = props.given ? undefined : new PackedPolicies(this, 'Policy', this.role, props.description, settings.path);
  }

  /** Adds statements to the persona's permissions, or to what the owner of its role must give it. */
  public addToPolicy(...statements: PolicyStatement[]): void {
    this.statements.push(...statements);
    for (const statement of statements) this.policies?.add(statement);
  }

  /**
   * The permissions that the owner of a given role must give it; for a role of ours, the permissions that it has. Each
   * document fits into a managed policy.
   */
  public get requiredPolicies(): PolicyDocument[] {
    return packedDocuments(this, this.statements);
  }

  /**
   * Where a user of the account who is signed in to the console becomes the persona. There is none where the link would be
   * refused: with a `binding`, because the console gives a session neither tags nor a source identity, and where an
   * identity provider signs people in.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-console.html
   */
  public get switchRoleUrl(): string | undefined {
    if (!this.isAssumedByUsers || this.binding !== undefined) return undefined;
    const { account } = Stack.of(this);
    return `https://signin.${consoleDomain(this)}/switchrole?account=${account}&roleName=${this.path.slice(1)}${this.role.roleName}`;
  }

  /**
   * How a user of the account becomes the persona by command line, with `<user>` in the place of the user's name. There is
   * none where an identity provider signs people in.
   *
   * @see https://docs.aws.amazon.com/cli/latest/reference/sts/assume-role.html
   */
  public get assumeRoleCommand(): string | undefined {
    if (!this.isAssumedByUsers) return undefined;
    const command = `aws sts assume-role --role-arn ${this.role.roleArn} --role-session-name <user>`;
    return this.binding === undefined ? command : `${command} ${this.binding._option('<user>')}`;
  }

  /** Copies of the permissions. @internal */
  public _permissions(): PolicyStatement[] {
    return this.statements.map((statement) => statement.copy());
  }

  private make({ registry, persona, description, trust, binding }: PersonaRoleProps, settings: RoleSettings): Role {
    const role = new Role(this, 'Role', {
      roleName: registry.roleName(roleOfPersona(persona)),
      ...settings,
      description,
      assumedBy: trust._principal(persona),
    });
    const document = new PolicyDocument({ statements: [trust._statement(persona, binding)] });
    // The L2 would let the principal in without its binding.
    (role.node.defaultChild as CfnRole).assumeRolePolicyDocument = document;
    return role;
  }
}

function consoleDomain(scope: Construct): string {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region)) return 'aws.amazon.com';
  if (region.startsWith('cn-')) return 'amazonaws.cn';
  return region.startsWith('us-gov-') ? 'amazonaws-us-gov.com' : 'aws.amazon.com';
}
