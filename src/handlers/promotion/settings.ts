import { readFileSync } from 'fs';
import { nameOf } from '../aws/s3';
import { BUCKET, faultsOf, given as variable, MODEL_PACKAGE_GROUP, REGION, REPOSITORY, VariableRules } from '../programs/variables';
import type { Release } from '../release/release';

/** What the program is told. */
export interface Settings {
  readonly stage: string;
  readonly region: string;
  /** What was released. */
  readonly release: Release;
  /** The accounts that it is deployed to. */
  readonly accounts: string[];
  readonly target: Target;
  readonly releasesBucket: string;
  readonly releasesRepository: string;
  /** The group in which versions are registered in the targets. */
  readonly modelPackageGroupName: string;
  /** The execution of the delivery pipeline that promotes, where that is known. */
  readonly execution?: string;
}

/** What is for copies in each account of the stage. */
export interface Target {
  /** The role that writes them, with its path but for the first slash. */
  readonly role: string;
  /** The bucket, with `{account}` for the account. */
  readonly bucket: string;
  readonly repository: string;
}

const ACCOUNT = /^\d{12}$/;
const RULES: VariableRules = {
  STAGE: [true, /^[a-z][a-z0-9]{0,11}$/, 'the name of a stage'],
  AWS_REGION: [true, ...REGION],
  RELEASES_BUCKET: [true, ...BUCKET],
  RELEASES_REPOSITORY: [true, ...REPOSITORY],
  MODEL_PACKAGE_GROUP_NAME: [true, ...MODEL_PACKAGE_GROUP],
  RELEASE_FILE: [true, /\S/, 'a file'],
  ACCOUNTS_FILE: [true, /\S/, 'a file'],
  STAGE_FILE: [true, /\S/, 'a file'],
  PIPELINE_EXECUTION: [false, /^[\w-]{1,64}$/, 'the id of an execution'],
};

/** Reads and checks the settings, and the files that they name; the error names everything that is wrong. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const given = (name: string) => variable(environment, name);
  const faults = faultsOf(environment, RULES);
  if (faults.length > 0) throw new Error(`the settings are wrong: ${faults.join('; ')}`);
  const release = jsonOf<Release>(given('RELEASE_FILE')!);
  const accounts = jsonOf<string[]>(given('ACCOUNTS_FILE')!);
  const { promotion } = jsonOf<{ promotion?: Target }>(given('STAGE_FILE')!);
  const releasesBucket = given('RELEASES_BUCKET')!;
  if (!Array.isArray(accounts) || accounts.length === 0 || !accounts.every((one) => ACCOUNT.test(one))) throw new Error(`${given('ACCOUNTS_FILE')} is not a list of accounts`);
  if (promotion === undefined) throw new Error(`${given('STAGE_FILE')} says nothing of copies: the stage has none of its own`);
  for (const { bucket, key } of [release.artifact, ...Object.values(release.files)]) {
    if (bucket !== releasesBucket) throw new Error(`${nameOf({ bucket, key })} is of the release, and must be in the bucket ${releasesBucket}`);
  }
  return {
    stage: given('STAGE')!,
    region: given('AWS_REGION')!,
    release,
    accounts,
    target: promotion,
    releasesBucket,
    releasesRepository: given('RELEASES_REPOSITORY')!,
    modelPackageGroupName: given('MODEL_PACKAGE_GROUP_NAME')!,
    execution: given('PIPELINE_EXECUTION'),
  };
}

function jsonOf<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`);
  }
}
