import { IManagedPolicy, IRole } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LAUNCH_ROLE } from './private/launch-acknowledgements';
import { LaunchStatements } from './private/launch-statements';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { namedRole } from '../private/named-role';
import { PackedPolicies } from '../private/packed-policies';
import { checkRequired, TEXT } from '../private/required-input';
import { principalOf, SERVICE_CATALOG } from '../roles/service-trust';

/** Settings of a role that launches environments. @internal */
export interface EnvironmentLaunchRoleOptions {
  /**
   * Permissions boundary of the launch role.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * Permissions boundary that the launch role must give to every role of an environment.
   *
   * The template gives it to them by `roleOptions`.
   *
   * @default - roles of environments may have any permissions boundary, or none
   */
  readonly environmentBoundary?: IManagedPolicy;

  /**
   * Permission to launch environments whose domain has AuthMode SSO: people are looked up in IAM Identity Center, and groups are
   * assigned to domains.
   *
   * @default false
   * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycentersuccessortoawssinglesign-on.html
   */
  readonly enableIdentityCenter?: boolean;
}

/** Properties of a role that launches environments. */
export interface EnvironmentLaunchRoleProps extends EnvironmentLaunchRoleOptions {
  /** Name of the role, the `launchRoleName` of the product: 1–64 characters. */
  readonly roleName: string;
}

/**
 * The role with which AWS Service Catalog launches, updates and terminates environments in an account.
 *
 * An `EnvironmentProduct` makes it in its own account. Each account with which the product is shared needs one of the same name,
 * without a path, because a launch constraint knows it by its name alone.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
 */
export class EnvironmentLaunchRole extends Construct {
  /** The role. */
  public readonly role: IRole;

  constructor(scope: Construct, id: string, props: EnvironmentLaunchRoleProps) {
    super(scope, id);
    checkRequired(this, props, { roleName: TEXT });
    new InputCheck(this).matches('roleName', props.roleName, /^[\w+=,.@-]{1,64}$/, 'be 1–64 letters, digits and _+=,.@-', 'Take launchRoleName of the product').throwIfInvalid();
    acknowledge(this, LAUNCH_ROLE);
    const description = 'Launches data-science environments';
    this.role = namedRole(this, 'Resource', {
      roleName: props.roleName, description, permissionsBoundary: props.permissionsBoundary, assumedBy: principalOf(this, SERVICE_CATALOG),
    });
    const policies = new PackedPolicies(this, 'Policy', this.role, description);
    for (const statement of new LaunchStatements(this, props).all()) policies.add(statement);
  }
}
