import { readFileSync } from 'fs';
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
const RULES: Record<string, [required: boolean, pattern: RegExp, rule: string]> = {
  STAGE: [true, /^[a-z][a-z0-9]{0,11}$/, 'the name of a stage'],
  AWS_REGION: [true, /^(?!us-iso|eu-iso)[a-z]{2,4}(-[a-z]+)+-\d$/, 'the code of a region, such as eu-west-1, outside of the isolated partitions'],
  RELEASES_BUCKET: [true, /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'],
  RELEASES_REPOSITORY: [true, /^(?=.{2,256}$)[a-z0-9]+([._/-][a-z0-9]+)*$/, 'the name of a repository'],
  MODEL_PACKAGE_GROUP_NAME: [true, /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'the name of a model package group'],
  RELEASE_FILE: [true, /\S/, 'a file'],
  ACCOUNTS_FILE: [true, /\S/, 'a file'],
  STAGE_FILE: [true, /\S/, 'a file'],
  PIPELINE_EXECUTION: [false, /^[\w-]{1,64}$/, 'the id of an execution'],
};

/** Reads and checks the settings, and the files that they name; the error names everything that is wrong. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const given = (name: string) => environment[name] || undefined;
  const faults = Object.entries(RULES).flatMap(([name, [required, pattern, rule]]) => {
    const value = given(name);
    if (value === undefined) return required ? [`${name} is missing, it must be ${rule}`] : [];
    return pattern.test(value) ? [] : [`${name} is ${JSON.stringify(value)} but must be ${rule}`];
  });
  if (faults.length > 0) throw new Error(`the settings are wrong: ${faults.join('; ')}`);
  const release = jsonOf<Release>(given('RELEASE_FILE')!);
  const accounts = jsonOf<string[]>(given('ACCOUNTS_FILE')!);
  const { promotion } = jsonOf<{ promotion?: Target }>(given('STAGE_FILE')!);
  const releasesBucket = given('RELEASES_BUCKET')!;
  if (!Array.isArray(accounts) || accounts.length === 0 || !accounts.every((one) => ACCOUNT.test(one))) throw new Error(`${given('ACCOUNTS_FILE')} is not a list of accounts`);
  if (promotion === undefined) throw new Error(`${given('STAGE_FILE')} says nothing of copies: the stage has none of its own`);
  for (const { bucket } of [release.artifact, ...Object.values(release.files)]) {
    if (bucket !== releasesBucket) throw new Error(`the release is in the bucket ${bucket}, and must be in ${releasesBucket}`);
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
