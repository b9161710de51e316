import { Duration, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import { IManagedPolicy, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnAssignment, CfnInstanceAccessControlAttributeConfiguration, CfnPermissionSet } from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';
import { ManagedRole } from './managed-role';
import { isTagName, TAG_NAME_RULE } from './private/tag-name';
import { checkGroupId, checkPermissionSetName, constructIdOfGroup } from '../private/identity-center';
import { InputCheck } from '../private/input-check';
import { describe } from '../private/invalid-input';
import { policySize } from '../private/policy-size';
import { ANYTHING, checkRequired, like } from '../private/required-input';

/** IAM puts a permission set's own policy into the role inline, and takes this much there. */
const LARGEST_INLINE_POLICY = 10_240;

const INSTANCE = /^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[a-zA-Z0-9.-]{16}$/;
const INSTANCE_RULE = 'be the ARN of an instance, which ends with instance/ssoins- and 16 letters or digits';

/** A boundary by its name, as a permission set finds it in the account to which it is assigned. */
function boundaryOf(boundary: IManagedPolicy | undefined): CfnPermissionSet.PermissionsBoundaryProperty | undefined {
  if (boundary === undefined) return undefined;
  const { managedPolicyArn } = boundary;
  if (managedPolicyArn.includes(':iam::aws:policy/')) return { managedPolicyArn };
  const known = managedPolicyArn.split(':policy')[1] as string | undefined;
  if (known !== undefined && !Token.isUnresolved(known)) {
    const end = known.lastIndexOf('/') + 1;
    return { customerManagedPolicyReference: { name: known.slice(end), path: known.slice(0, end) } };
  }
  // Of this app: IAM shows the name in the ARN only.
  const { managedPolicyName = Fn.select(1, Fn.split('/', managedPolicyArn)), path = '/' } = boundary as Partial<ManagedPolicy>;
  return { customerManagedPolicyReference: { name: managedPolicyName, path } };
}

/** Properties of a persona's permission set. */
export interface PersonaPermissionSetProps {
  /** The persona whose permissions it holds. */
  readonly personaRole: ManagedRole;

  /** ARN of the instance of IAM Identity Center. */
  readonly instanceArn: string;

  /**
   * Name of the permission set: 1–32 letters, digits and `+=,.@_-`.
   *
   * People see it when they sign in.
   */
  readonly permissionSetName: string;

  /**
   * Duration of a session, 1–12 hours.
   *
   * @default Duration.hours(8)
   */
  readonly sessionDuration?: Duration;
}

/**
 * A persona as a permission set of IAM Identity Center: people get it by assignment to the environment's account.
 *
 * The session tag that says whose Studio they may open comes from Identity Center's attributes for access control, so that
 * attribute must be called as the tag of the session identity is.
 *
 * The permission set holds the managed policies and the permissions boundary of the persona's role, which the account of the environment
 * has under these names before the permission set is assigned. Its stack is in the account and region that manage Identity Center, and is
 * deployed after the stack of the environment, which may be in another account of the same app. What the environment's own policies say
 * of the persona, they say of sessions of the permission set too.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/attributesforaccesscontrol.html
 */
export class PersonaPermissionSet extends Construct {
  /**
   * Lets IAM Identity Center name people in their sessions, by an attribute for access control.
   *
   * An instance has one such configuration: where there is one already, add the attribute to it instead.
   *
   * @param instanceArn ARN of the instance of IAM Identity Center
   * @param tagName name of the session tag, that of `SessionIdentity.sessionTag`, by default `StudioUser`
   * @param source attribute that holds the name of a person's user profile, by default `${path:userName}`
   * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/attributemappingsconcept.html
   */
  public static passUserName(scope: Construct, instanceArn: string, tagName: string = 'StudioUser', source: string = '${path:userName}'): void {
    checkRequired(scope, { instanceArn }, { instanceArn: ANYTHING });
    new InputCheck(scope)
      .matches('instanceArn', instanceArn, INSTANCE, INSTANCE_RULE)
      .that('tagName', tagName, isTagName, TAG_NAME_RULE)
      .matches('source', source, /^\$\{[\w:.[\]"]+\}$/, 'be an attribute of IAM Identity Center, such as ${path:userName}')
      .throwIfInvalid();
    new CfnInstanceAccessControlAttributeConfiguration(scope, 'UserNameAttribute', {
      instanceArn, accessControlAttributes: [{ key: tagName, value: { source: [source] } }],
    });
  }

  /** ARN of the permission set, for assignments. */
  public readonly permissionSetArn: string;

  constructor(scope: Construct, id: string, private readonly props: PersonaPermissionSetProps) {
    super(scope, id);
    checkRequired(this, props, { personaRole: like<ManagedRole>('_permissions', 'the role of a persona, such as environment.personas.dataScientist'), instanceArn: ANYTHING, permissionSetName: ANYTHING });
    const sessionDuration = props.sessionDuration ?? Duration.hours(8);
    checkPermissionSetName(new InputCheck(this), props.permissionSetName)
      .matches('instanceArn', props.instanceArn, INSTANCE, INSTANCE_RULE)
      .minutesBetween('sessionDuration', sessionDuration, 60, 12 * 60)
      .throwIfInvalid();
    props.personaRole._isHeldBy(props.permissionSetName);
    const statements = () => props.personaRole._permissions();
    const permissionSet = new CfnPermissionSet(this, 'Resource', {
      name: props.permissionSetName,
      instanceArn: props.instanceArn,
      sessionDuration: sessionDuration.toIsoString(),
      permissionsBoundary: boundaryOf(props.personaRole._permissionsBoundary),
      ...props.personaRole.isImported
        ? { inlinePolicy: Lazy.any({ produce: () => new PolicyDocument({ statements: statements() }) }) }
        : { customerManagedPolicyReferences: Lazy.any({ produce: () => props.personaRole._policyReferences }) },
    });
    this.permissionSetArn = permissionSet.attrPermissionSetArn;
    // In the environment's account the policies must be there when the permission set is assigned.
    this.node.addDependency(props.personaRole.node.scope!);
    this.node.addValidation({ validate: () => [...this.tooLarge(statements()), ...this.unnamed(statements()), ...this.nameless()] });
  }

  /**
   * Assigns the permission set to a group, whose members then have it in the account of the environment.
   *
   * @param groupId id of the group in IAM Identity Center
   * @param account id of the environment's account, by default that of the persona's stack
   * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/assignusers.html
   */
  public assignToGroup(groupId: string, account?: string): void {
    checkRequired(this, { groupId }, { groupId: ANYTHING });
    const { personaRole, instanceArn } = this.props, home = Stack.of(personaRole);
    const targetId = account ?? home.account;
    checkGroupId(new InputCheck(this).accountId('account', account), groupId)
      .that('account', Token.isUnresolved(targetId) && home !== Stack.of(this) ? 'unknown' : targetId, (known) => known !== 'unknown', 'be known where the persona is of another stack',
        'Give the account of the environment, or set env of its stack')
      .throwIfInvalid();
    const id = constructIdOfGroup(this, groupId, account);
    if (this.node.tryFindChild(id) !== undefined) return;
    new CfnAssignment(this, id, {
      instanceArn, permissionSetArn: this.permissionSetArn, principalType: 'GROUP', principalId: groupId, targetType: 'AWS_ACCOUNT', targetId,
    });
  }

  /** Identity Center passes attributes as session tags, and sets no source identity: such a permission set would open nobody's Studio. */
  private unnamed(statements: PolicyStatement[]): string[] {
    const isNamedOtherwise = JSON.stringify(statements.map((one) => Stack.of(this.props.personaRole).resolve(one.toStatementJson()) as object)).includes('${aws:SourceIdentity}');
    return isNamedOtherwise ? [describe({
      property: 'personaRole',
      value: 'a persona whose sessions are named by their source identity',
      rule: 'be one whose sessions are named by a session tag',
      remedy: 'Give the environment SessionIdentity.sessionTag() as personas.sessionIdentity: attributes for access control come as session tags',
    })] : [];
  }

  /** The policies of a role that exists already are its owner's, and nobody knows their names. */
  private tooLarge(statements: PolicyStatement[]): string[] {
    const size = this.props.personaRole.isImported ? policySize(this, statements) : 0;
    return size <= LARGEST_INLINE_POLICY ? [] : [describe({
      property: 'personaRole',
      value: size,
      rule: `have permissions of at most ${LARGEST_INLINE_POLICY} characters where the role exists already`,
      remedy: 'Let the environment make the role: then the permission set holds its managed policies by their names',
    })];
  }

  /** Names of what a stack without region makes are known in that stack only. */
  private nameless(): string[] {
    const { personaRole } = this.props, home = Stack.of(personaRole);
    const isKnown = home === Stack.of(this) || !Token.isUnresolved(personaRole._policyReferences.map(({ name }) => name).join());
    return isKnown ? [] : [describe({
      property: 'personaRole',
      value: personaRole,
      rule: 'be of a stack whose region is known, because another stack knows its policies by their names',
      remedy: 'Give the stack of the environment env, and the environment a name that is no parameter',
    })];
  }
}
