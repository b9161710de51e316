import { Duration, Lazy } from 'aws-cdk-lib';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { CfnPermissionSet } from 'aws-cdk-lib/aws-sso';
import { Construct } from 'constructs';
import { ManagedRole } from './managed-role';
import { InputCheck } from '../private/input-check';
import { describe } from '../private/invalid-input';
import { policySize } from '../private/policy-size';
import { ANYTHING, checkRequired, like } from '../private/required-input';

/** IAM puts a permission set's own policy into the role inline, and takes this much there. */
const LARGEST_INLINE_POLICY = 10_240;

/** Properties of a persona's permission set. */
export interface PersonaPermissionSetProps {
  /** The persona whose permissions it holds. */
  readonly personaRole: ManagedRole;

  /** ARN of the instance of IAM Identity Center. */
  readonly instanceArn: string;

  /** Name of the permission set: 1–32 letters, digits and `+=,.@_-`. People see it when they sign in. */
  readonly permissionSetName: string;

  /**
   * Duration of a session, 1–12 hours.
   *
   * @default Duration.hours(8)
   */
  readonly sessionDuration?: Duration;
}

/**
 * A persona as a permission set of IAM Identity Center: people get it by assignment to the environment's account. The
 * session tag that says whose Studio they may open comes from Identity Center's attributes for access control, so that
 * attribute must be called as the tag of the session identity is.
 *
 * The stack must be in the account that manages Identity Center. Values that AWS decides on, such as the domain's id, do
 * not cross accounts: from another account, use the persona's `requiredPolicies`.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/attributesforaccesscontrol.html
 */
export class PersonaPermissionSet extends Construct {
  /** ARN of the permission set, for assignments. */
  public readonly permissionSetArn: string;

  constructor(scope: Construct, id: string, props: PersonaPermissionSetProps) {
    super(scope, id);
    checkRequired(this, props, { personaRole: like<ManagedRole>('_permissions', 'the role of a persona, such as environment.personas.dataScientist'), instanceArn: ANYTHING, permissionSetName: ANYTHING });
    const sessionDuration = props.sessionDuration ?? Duration.hours(8);
    new InputCheck(this)
      .matches('permissionSetName', props.permissionSetName, /^[\w+=,.@-]{1,32}$/, 'be 1–32 letters, digits and +=,.@_-')
      .matches('instanceArn', props.instanceArn, /^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[a-zA-Z0-9.-]{16}$/, 'be the ARN of an instance, which ends with instance/ssoins- and 16 letters or digits')
      .minutesBetween('sessionDuration', sessionDuration, 60, 12 * 60)
      .throwIfInvalid();
    const statements = () => props.personaRole._permissions();
    const permissionSet = new CfnPermissionSet(this, 'Resource', {
      name: props.permissionSetName,
      instanceArn: props.instanceArn,
      sessionDuration: sessionDuration.toIsoString(),
      inlinePolicy: Lazy.any({ produce: () => new PolicyDocument({ statements: statements() }) }),
    });
    this.permissionSetArn = permissionSet.attrPermissionSetArn;
    this.node.addValidation({ validate: () => this.tooLarge(policySize(this, statements())) });
  }

  private tooLarge(size: number): string[] {
    return size <= LARGEST_INLINE_POLICY ? [] : [describe({
      property: 'personaRole',
      value: size,
      rule: `have permissions of at most ${LARGEST_INLINE_POLICY} characters`,
      remedy: 'Attach customer managed policies of the account by name instead',
    })];
  }
}
