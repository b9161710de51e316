import { InputCheck } from '../../private/input-check';
import { ErrorScope } from '../../private/invalid-input';
import { checkPath } from '../../private/role-settings';
import type { EnvironmentRegistryProps } from '../environment-registry';

/** Refuses names that no environment has, where they were given. */
export function checkNames(scope: ErrorScope, props: EnvironmentRegistryProps): void {
  const { environmentName, account, region } = props;
  const check = new InputCheck(scope)
    .given('environmentName', environmentName)
    .matches('environmentName', environmentName, /^(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'be 1–20 lower-case letters and digits in groups joined by single hyphens, and begin with a letter', 'Role, key and bucket names are made of it')
    .given('account', account)
    .accountId('account', account)
    .given('region', region)
    .matches('region', region, /^[a-z]{2,4}(-[a-z]+)+-\d$/, 'be the code of a region, such as eu-west-1')
    .unique('rolePaths', props.rolePaths?.map(({ role }) => role));
  checkPath(check, 'rolePath', props.rolePath);
  for (const { role, path } of props.rolePaths ?? []) checkPath(check, `rolePaths (${role})`, path);
  check.throwIfInvalid();
}
