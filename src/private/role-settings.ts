import { IManagedPolicy, IRole } from 'aws-cdk-lib/aws-iam';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { InputCheck } from './input-check';
import { ErrorScope } from './invalid-input';

/** What a company asks of one role. */
export interface RoleSettings {
  readonly path?: string;
  readonly permissionsBoundary?: IManagedPolicy;
  /** A role that exists already, which keeps path and boundary that its owner gave it. */
  readonly existingRole?: IRole;
  /** Where the function writes that runs with the role. */
  readonly existingLogGroup?: ILogGroup;
}

/** `EnvironmentRoleOptions` of the names, which stands on the same floor. */
interface SettingsOfRoles extends RoleSettings {
  readonly exceptions?: (RoleSettings & { readonly role: string })[];
}

const PATH = /^\/([\x21-\x2e\x30-\x7e]+\/)*$/;
const LONGEST_PATH = 512;

/** Names of an environment, which know how its roles are made. */
interface NamesOfRoles {
  _roleSettings(role: string): NamedRoleSettings;
}

/** The same with the role's name. */
export interface NamedRoleSettings extends RoleSettings {
  readonly roleName?: string;
  /** Which role of an environment it is. */
  readonly environmentRole?: string;
}

/** How a role is made: as the names of its environment say, or, where a construct is used without them, as its options do. */
export function settingsOf(scope: Construct, role: string, names?: NamesOfRoles, roleOptions?: SettingsOfRoles): NamedRoleSettings {
  new InputCheck(scope).notBoth('roleOptions', roleOptions, 'names', names, 'The names already carry them: pass them to EnvironmentNames.forStack').throwIfInvalid();
  if (names) return names._roleSettings(role);
  checkRoleSettings(scope, roleOptions);
  return { ...settingsOfRole(roleOptions, role), environmentRole: role };
}

/** What is asked of this role: what is said of it alone, or else of all. */
export function settingsOfRole(options: SettingsOfRoles | undefined, role: string): RoleSettings {
  const exception = options?.exceptions?.find((one) => one.role === role);
  const { existingRole, existingLogGroup } = exception ?? {};
  if (existingRole) return { existingRole, existingLogGroup };
  const { path = options?.path, permissionsBoundary = options?.permissionsBoundary } = exception ?? {};
  return { path, permissionsBoundary, existingLogGroup };
}

/** The rules of IAM for a path, told by the name of the property that it was given in. */
export function checkPath(check: InputCheck, property: string, path: string | undefined): InputCheck {
  return check
    .matches(property, path, PATH, 'begin and end with a slash, such as /company/')
    .that(property, path, (text) => text.length <= LONGEST_PATH, `have at most ${LONGEST_PATH} characters`);
}

/** Roles of functions of the library, each of which has a log group. */
const OF_FUNCTIONS = ['publisher', 'studio-clean-up', 'bucket-emptying', 'default-security-group'];
const LOGS_OF_OTHERS = 'Other roles have no log group of their own: that of flow logs is given as flowLogs.logGroup';

/** What can be wrong with what a company asks of roles. */
export function checkRoleSettings(scope: ErrorScope, options: SettingsOfRoles | undefined): void {
  const exceptions = options?.exceptions ?? [];
  const check = checkPath(new InputCheck(scope), 'roleOptions.path', options?.path)
    .unique('roleOptions.exceptions', exceptions.map(({ role }) => role))
    .unique('roleOptions.exceptions (existingRole)', exceptions.flatMap(({ existingRole }) => existingRole?.roleArn ?? []),
      'Each role of an environment may do what the others must not, so each needs a role of its own');
  for (const { role, path, permissionsBoundary, existingRole, existingLogGroup } of exceptions) {
    const property = `roleOptions.exceptions (${role})`, remedy = 'A role that exists already stays as it is: its path and boundary are its owner\'s';
    checkPath(check, `${property}.path`, path)
      .that(`${property}.existingLogGroup`, existingLogGroup, () => OF_FUNCTIONS.includes(role), `be given for ${OF_FUNCTIONS.join(', ')}`, LOGS_OF_OTHERS)
      .notBoth(`${property}.existingRole`, existingRole, 'path', path, remedy)
      .notBoth(`${property}.existingRole`, existingRole, 'permissionsBoundary', permissionsBoundary, remedy);
  }
  check.throwIfInvalid();
}
