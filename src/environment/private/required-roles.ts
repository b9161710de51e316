import { IConstruct } from 'constructs';
import { EnvironmentRole } from '../../names';
import { EnvironmentNetwork } from '../../network';
import { throwValidationError } from '../../private/invalid-input';
import { checkRequired, oneOf } from '../../private/required-input';
import { RequiredRole, requiredOf } from '../../private/required-role';

/** What a role of an environment needs, which may have its network from elsewhere. */
export function requiredRole(environment: IConstruct & { readonly network: EnvironmentNetwork }, role: EnvironmentRole): RequiredRole {
  checkRequired(environment, { role }, { role: oneOf(EnvironmentRole, 'EnvironmentRole') });
  return requiredOf([environment, environment.network], role) ?? throwValidationError(environment, {
    property: 'role', value: role, rule: 'be a role that the environment has', remedy: 'Switch on what needs it, or add the first project template that does',
  });
}
