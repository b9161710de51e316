import { readdirSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';

/** An app that is also deployed to accounts. */
export interface IntegApp {
  /** Name of its folder. */
  readonly name: string;
  /** Puts its stacks into an app. */
  readonly build: (app: App) => unknown;
}

/**
 * Every app is a folder beside this file: `app.ts` exports `build`, which everything that checks apps runs over, and
 * `integ.<name>.ts` says what must be so in an account; its snapshot lies beside it.
 */
export const INTEG_APPS: IntegApp[] = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, build: buildOf(name) }))
  .sort((one, other) => (one.name < other.name ? -1 : 1));

function buildOf(name: string): IntegApp['build'] {
  // Folders are found, so that a new app is a folder and nothing else.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(join(__dirname, name, 'app')) as Pick<IntegApp, 'build'>).build;
}
