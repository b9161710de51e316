import { Token } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { InputCheck } from './input-check';
import { ErrorScope } from './invalid-input';

/** What a company asks of one role. */
export interface RoleSettings {
  readonly path?: string;
  readonly permissionsBoundary?: IManagedPolicy;
}

/** `EnvironmentRoleOptions` of the registry, which stands on the same floor. */
interface SettingsOfRoles extends RoleSettings {
  readonly exceptions?: (RoleSettings & { readonly role: string })[];
}

const PATH = /^\/([\x21-\x2e\x30-\x7e]+\/)*$/;
const LONGEST_PATH = 512;

/**
 * What is asked of this role: what is said of it alone, or else of all. The path must be the one by which the registry
 * names the role, or the policies that name it would name nobody.
 */
export function settingsOf(scope: ErrorScope, options: SettingsOfRoles | undefined, role: string, registered?: string): RoleSettings {
  checkRoleSettings(scope, options);
  const exception = options?.exceptions?.find((one) => one.role === role);
  const path = exception?.path ?? options?.path;
  if (!Token.isUnresolved(registered)) {
    new InputCheck(scope).that('roleOptions.path', path ?? '/', (own) => registered === undefined || own === registered,
      `be ${registered}, the path that the registry gives the role ${role}`, 'Give both the same: policies name the role by its path').throwIfInvalid();
  }
  return { path, permissionsBoundary: exception?.permissionsBoundary ?? options?.permissionsBoundary };
}

/** Whether something is said of this role alone. */
export function isException(options: SettingsOfRoles | undefined, role: string): boolean {
  return options?.exceptions?.some((one) => one.role === role) ?? false;
}

/** The rules of IAM for a path, told by the name of the property that it was given in. */
export function checkPath(check: InputCheck, property: string, path: string | undefined): InputCheck {
  return check
    .matches(property, path, PATH, 'begin and end with a slash', 'Such as /company/')
    .that(property, path, (text) => text.length <= LONGEST_PATH, `have at most ${LONGEST_PATH} characters`);
}

/** What can be wrong with what a company asks of roles. */
export function checkRoleSettings(scope: ErrorScope, options: SettingsOfRoles | undefined): void {
  const exceptions = options?.exceptions ?? [];
  const check = checkPath(new InputCheck(scope), 'roleOptions.path', options?.path)
    .unique('roleOptions.exceptions', exceptions.map(({ role }) => role));
  for (const { role, path } of exceptions) checkPath(check, `roleOptions.exceptions (${role}).path`, path);
  check.throwIfInvalid();
}
