import { EnvironmentNames, EnvironmentRole } from '../../names';
import { arnIn } from '../../private/arn';
import { InputCheck, isKnown } from '../../private/input-check';
import { IDataScienceEnvironment } from '../../stages';
import { CorrectiveControlsProps } from '../corrective-controls-props';

type Environments = Pick<CorrectiveControlsProps, 'environment' | 'otherEnvironments'>;

/** Whose work the function looks at, as it reads it: `src/handlers/corrective/settings.ts`. */
export interface Work {
  readonly own: string[];
  readonly others?: string[];
}

/** Patterns of the roles whose work is looked at; undefined where it is everybody's. */
export function workOf({ environment, otherEnvironments }: Environments): Work | undefined {
  if (environment === undefined && otherEnvironments === undefined) return undefined;
  return { own: environment ? rolesOf(environment) : [], others: otherEnvironments?.flatMap(rolesOf) };
}

/** Roles of an environment, of its projects and targets, whose names begin alike and end with the region, and those that exist already. */
function rolesOf({ names }: IDataScienceEnvironment): string[] {
  const { environmentName, rolePath, rolePaths, region } = names;
  const paths = new Set(['/', rolePath, ...rolePaths.map(({ path }) => path)]);
  return [...[...paths].map((path) => arnIn(names, 'iam', `role${path}${environmentName}--*-${region}`)), ...existingRoles(names)];
}

function existingRoles(names: EnvironmentNames): string[] {
  return [...new Set(Object.values(EnvironmentRole).flatMap((role) => names._roleSettings(role).existingRole?.roleArn ?? []))];
}

/** Refuses environments whose work these controls do not see, and one that is there twice. */
export function checkWork(check: InputCheck, { environment, otherEnvironments }: Environments, here: Pick<EnvironmentNames, 'account' | 'region'>): void {
  if ([environment, ...(otherEnvironments ?? [])].some((one) => one !== undefined && one?.names === undefined)) return; // said elsewhere
  const isHere = ({ names }: IDataScienceEnvironment) => isSame(names.account, here.account) && isSame(names.region, here.region);
  const at = ({ names }: IDataScienceEnvironment) => `${names.environmentName} in ${names.account} ${names.region}`;
  const remedy = 'Controls see the work of their own account and region: put others there';
  if (environment && !isHere(environment)) check.report('environment', at(environment), 'be in the account and region of the stack', remedy);
  for (const other of otherEnvironments ?? []) {
    if (!isHere(other)) check.report('otherEnvironments', at(other), 'be in the account and region of the stack', remedy);
  }
  const all = [environment, ...(otherEnvironments ?? [])].filter((one) => one !== undefined).map(({ names }) => names.environmentName);
  check
    .notEmpty('otherEnvironments', otherEnvironments)
    .unique('environment and otherEnvironments', all, 'Its work would be looked at and left alone at once');
}

function isSame(one: string, other: string): boolean {
  return !isKnown(one) || !isKnown(other) || one === other;
}
