import { BUCKET, faultsOf, given as variable, MODEL_PACKAGE_GROUP, REGION, REPOSITORY, VariableRules } from '../programs/variables';

/** What the program is told, in environment variables. */
export interface Settings {
  /** The version to release. Told by whoever starts the pipeline, and so not trusted. @default - the newest approved of the group */
  readonly modelPackageArn?: string;
  readonly modelPackageGroupName: string;
  /** The bucket that artifacts must be in. */
  readonly modelsBucket: string;
  /** Another bucket that sample payloads, metrics and baselines may be in. */
  readonly reportsBucket?: string;
  readonly releasesBucket: string;
  readonly releasesKeyArn: string;
  readonly releasesRepository: string;
  /** What keys of this project's releases begin with. */
  readonly releasePrefix: string;
  readonly region: string;
  readonly outputDirectory: string;
  /** Names of the stages whose parameters are written, with commas between them. */
  readonly stages: string[];
  readonly projectName?: string;
  /** What has started the pipeline: `approved` for an event about an approval. @default - something else */
  readonly startedBy?: string;
  /** Id of the pipeline's execution. */
  readonly execution?: string;
  /** The domain whose Studio people look at versions in. */
  readonly studioDomainId?: string;
}

const RULES: VariableRules = {
  MODEL_PACKAGE_ARN: [
    false, /^arn:[a-z-]+:sagemaker:[a-z0-9-]+:\d{12}:model-package\/[a-zA-Z0-9-]{1,63}\/\d{1,9}$/, 'the ARN of a version: arn:…:model-package/<group>/<version>',
  ],
  MODEL_PACKAGE_GROUP_NAME: [true, ...MODEL_PACKAGE_GROUP],
  MODELS_BUCKET: [true, ...BUCKET],
  REPORTS_BUCKET: [false, ...BUCKET],
  RELEASES_BUCKET: [true, ...BUCKET],
  RELEASES_KEY_ARN: [true, /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a key'],
  RELEASES_REPOSITORY: [true, ...REPOSITORY],
  RELEASE_PREFIX: [true, /^(?!\.{1,2}(\/|$))[\w.-]{1,128}(\/(?!\.{1,2}(\/|$))[\w.-]{1,128}){0,3}$/, 'folders of letters, digits and characters of _.-, none of them . or ..'],
  AWS_REGION: [true, ...REGION],
  OUTPUT_DIRECTORY: [true, /\S/, 'a directory'],
  STAGES: [false, /^[a-z][a-z0-9]{0,11}(,[a-z][a-z0-9]{0,11})*$/, 'names of stages, with commas between them'],
  SAGEMAKER_PROJECT_NAME: [false, /^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters and digits in groups joined by hyphens, as names of endpoints are'],
  STARTED_BY: [false, /^[a-z-]{1,20}$/, 'what has started the pipeline, in lower-case letters'],
  PIPELINE_EXECUTION: [false, /^[\w-]{1,64}$/, 'the id of an execution'],
  STUDIO_DOMAIN_ID: [false, /^d-[a-z0-9]{1,61}$/, 'the id of a domain, such as d-abcdefghijkl'],
};

/** Reads and checks the settings; the error names everything that is wrong with them. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const given = (name: string) => variable(environment, name);
  const faults = faultsOf(environment, RULES);
  if (given('STAGES') !== undefined && given('SAGEMAKER_PROJECT_NAME') === undefined) faults.push('SAGEMAKER_PROJECT_NAME is missing beside STAGES: endpoints are named after it');
  if (faults.length > 0) throw new Error(`the settings are wrong: ${faults.join('; ')}`);
  return {
    modelPackageArn: given('MODEL_PACKAGE_ARN'),
    modelPackageGroupName: given('MODEL_PACKAGE_GROUP_NAME')!,
    modelsBucket: given('MODELS_BUCKET')!,
    reportsBucket: given('REPORTS_BUCKET'),
    releasesBucket: given('RELEASES_BUCKET')!,
    releasesKeyArn: given('RELEASES_KEY_ARN')!,
    releasesRepository: given('RELEASES_REPOSITORY')!,
    releasePrefix: given('RELEASE_PREFIX')!,
    region: given('AWS_REGION')!,
    outputDirectory: given('OUTPUT_DIRECTORY')!,
    stages: given('STAGES')?.split(',') ?? [],
    projectName: given('SAGEMAKER_PROJECT_NAME'),
    startedBy: given('STARTED_BY'),
    execution: given('PIPELINE_EXECUTION'),
    studioDomainId: given('STUDIO_DOMAIN_ID'),
  };
}
