import { InputCheck } from '../../private/input-check';
import { ErrorScope } from '../../private/invalid-input';
import { ENVIRONMENT_NAME_RULE } from '../../private/name-rule';
import { ANYTHING, checkRequired, oneOf } from '../../private/required-input';
import { checkPath } from '../../private/role-settings';
import { EnvironmentAttributes } from '../environment-attributes';

/** Refuses names that no environment has, where they were given. */
export function checkNames(scope: ErrorScope, props: EnvironmentAttributes): void {
  checkRequired(scope, props, { environmentName: ANYTHING, account: ANYTHING, region: ANYTHING });
  const { environmentName, account, region } = props;
  const check = new InputCheck(scope)
    .matches('environmentName', environmentName, new RegExp(ENVIRONMENT_NAME_RULE.pattern), ENVIRONMENT_NAME_RULE.rule, 'Role, key and bucket names are made of it')
    .accountId('account', account)
    .matches('region', region, /^[a-z]{2,4}(-[a-z]+)+-\d$/, 'be the code of a region, such as eu-west-1')
    .unique('rolePaths', props.rolePaths?.map(({ role }) => role));
  checkPath(check, 'rolePath', props.rolePath);
  for (const { role, path } of props.rolePaths ?? []) checkPath(check, `rolePaths (${role})`, path);
  check.throwIfInvalid();
}

/** Refuses a role that is none: its name would be somebody's who does not exist. */
export function checkRole(role: string, roles: object): void {
  checkRequired('EnvironmentNames', { role }, { role: oneOf(roles, Object.values(roles).join(', ')) });
}

/** Refuses a model after which no endpoint can be named. */
export function checkModelName(endpointPrefix: string, modelName: string): void {
  checkPart('modelName', endpointPrefix, modelName, 'The endpoint is named after environment, stage and model, and SageMaker allows 63 characters');
}

/** Refuses a project after which no image of Studio can be named. */
export function checkImageProject(prefix: string, projectName: string): void {
  checkPart('projectName', prefix, projectName, 'The image is named after environment and project, and SageMaker allows 63 characters');
}

function checkPart(property: string, prefix: string, part: string, reason: string): void {
  checkRequired('EnvironmentNames', { [property]: part }, { [property]: ANYTHING });
  new InputCheck('EnvironmentNames')
    .matches(property, part, /^[a-z0-9]+(-[a-z0-9]+)*$/, 'be lower-case letters and digits in groups joined by single hyphens')
    .that(property, `${prefix}${part}`, (whole) => whole.length <= 63, `have at most ${63 - prefix.length} characters`, reason)
    .throwIfInvalid();
}
