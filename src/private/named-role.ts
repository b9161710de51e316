import { Stack } from 'aws-cdk-lib';
import { CfnRole, Role, RoleProps } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { describe, throwValidationError } from './invalid-input';

/** Where `Role.customizeRoles` leaves its settings. */
const CUSTOMIZED_ROLES = '@aws-cdk/iam:customizeRoles';
const REMEDY = 'Policies of keys, buckets and other roles name the role so, and would trust nobody. '
  + 'Leave the role out of the aspect or property injector; an environment takes roles of your own as existingRole of roleOptions.exceptions';

/**
 * A role that policies know by its name and path. That an aspect or a property injector gives it others is refused at synth:
 * compared is what was asked for with what the template will say.
 */
export function namedRole(scope: Construct, id: string, props: RoleProps): Role {
  const { roleName, path } = props;
  if (roleName !== undefined) refuseCustomizedRoles(scope);
  const role = new Role(scope, id, props);
  const made = role.node.defaultChild as CfnRole;
  if (roleName !== undefined) {
    made.node.addValidation({
      validate: () => [...different(made, 'roleName', roleName, made.roleName), ...different(made, 'path', path ?? '/', made.path ?? '/')],
    });
  }
  return role;
}

/** Refuses `Role.customizeRoles`, which puts other roles in the place of those that policies know. */
export function refuseCustomizedRoles(scope: Construct): void {
  if (scope.node.tryGetContext(CUSTOMIZED_ROLES) === undefined) return;
  throwValidationError(scope, {
    property: 'Role.customizeRoles',
    value: 'settings for these roles',
    rule: 'leave roles alone that policies know by name',
    remedy: 'Give roles that another team makes to the environment, as existingRole of roleOptions.exceptions',
  });
}

function different(role: CfnRole, property: string, expected: string, actual: string | undefined): string[] {
  const [before, after] = [expected, actual].map((value) => Stack.of(role).resolve(value) as unknown);
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [describe({ property, value: after, rule: `stay ${typeof before === 'string' ? before : JSON.stringify(before)}`, remedy: REMEDY })];
}
