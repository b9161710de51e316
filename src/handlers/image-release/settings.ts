import { faultsOf, REGION, REPOSITORY, VariableRules } from '../programs/variables';

/** What the program is told, in environment variables. */
export interface Settings {
  readonly account: string;
  readonly region: string;
  /** Name of the repository that the image was pushed to. */
  readonly repository: string;
  /** Name of the repository that released images are copied to. */
  readonly releasedRepository: string;
  /** Name of the SageMaker image that gets a version of it, where there is such an image. */
  readonly studioImage: string;
  /** The tag that the build has given it. */
  readonly tag: string;
  /** ARN of the profile with which Amazon ECR signs released images, where they are signed. */
  readonly signingProfileArn?: string;
  readonly outputDirectory: string;
  /** Milliseconds between two questions about what is not done yet. */
  readonly pause: number;
  /** Milliseconds until what is not done yet is given up. */
  readonly patience: number;
}

const MINUTE = 60_000;

const RULES: VariableRules = {
  AWS_ACCOUNT_ID: [true, /^\d{12}$/, 'the id of an account'],
  AWS_REGION: [true, ...REGION],
  IMAGES_REPOSITORY: [true, ...REPOSITORY],
  RELEASED_REPOSITORY: [true, ...REPOSITORY],
  STUDIO_IMAGE: [true, /^[a-zA-Z0-9]([-.]?[a-zA-Z0-9]){0,62}$/, 'the name of a SageMaker image'],
  IMAGE_TAG: [true, /^\w[\w.-]{0,127}$/, 'the tag of an image'],
  SIGNING_PROFILE_ARN: [false, /^arn:aws[a-z-]*:signer:[a-z0-9-]+:\d{12}:\/signing-profiles\/\w{2,}$/, 'the ARN of a signing profile'],
  OUTPUT_DIRECTORY: [true, /\S/, 'a directory'],
  PAUSE_MILLISECONDS: [false, /^\d{1,7}$/, 'a number of milliseconds'],
  PATIENCE_MILLISECONDS: [false, /^\d{1,7}$/, 'a number of milliseconds'],
};

/** Reads and checks the settings; the error names everything that is wrong with them. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const faults = faultsOf(environment, RULES);
  if (faults.length > 0) throw new Error(`the settings are wrong: ${faults.join('; ')}`);
  return {
    account: environment.AWS_ACCOUNT_ID!,
    region: environment.AWS_REGION!,
    repository: environment.IMAGES_REPOSITORY!,
    releasedRepository: environment.RELEASED_REPOSITORY!,
    studioImage: environment.STUDIO_IMAGE!,
    tag: environment.IMAGE_TAG!,
    signingProfileArn: environment.SIGNING_PROFILE_ARN || undefined,
    outputDirectory: environment.OUTPUT_DIRECTORY!,
    pause: Number(environment.PAUSE_MILLISECONDS || 10_000),
    patience: Number(environment.PATIENCE_MILLISECONDS || 30 * MINUTE),
  };
}
