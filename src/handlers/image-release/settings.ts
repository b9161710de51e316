import { faultsOf, REGION, REPOSITORY, VariableRules } from '../programs/variables';

/** What the program is told, in environment variables. */
export interface Settings {
  readonly account: string;
  readonly region: string;
  /** Name of the repository that the image was pushed to. */
  readonly repository: string;
  /** The tag that the build has given it. */
  readonly tag: string;
  readonly outputDirectory: string;
  /** Milliseconds between two questions about a scan. */
  readonly pause: number;
  /** Milliseconds until a scan that says nothing is given up. */
  readonly patience: number;
}

const MINUTE = 60_000;

const RULES: VariableRules = {
  AWS_ACCOUNT_ID: [true, /^\d{12}$/, 'the id of an account'],
  AWS_REGION: [true, ...REGION],
  IMAGES_REPOSITORY: [true, ...REPOSITORY],
  IMAGE_TAG: [true, /^\w[\w.-]{0,127}$/, 'the tag of an image'],
  OUTPUT_DIRECTORY: [true, /\S/, 'a directory'],
  SCAN_PAUSE_MILLISECONDS: [false, /^\d{1,7}$/, 'a number of milliseconds'],
  SCAN_PATIENCE_MILLISECONDS: [false, /^\d{1,7}$/, 'a number of milliseconds'],
};

/** Reads and checks the settings; the error names everything that is wrong with them. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const faults = faultsOf(environment, RULES);
  if (faults.length > 0) throw new Error(`the settings are wrong: ${faults.join('; ')}`);
  return {
    account: environment.AWS_ACCOUNT_ID!,
    region: environment.AWS_REGION!,
    repository: environment.IMAGES_REPOSITORY!,
    tag: environment.IMAGE_TAG!,
    outputDirectory: environment.OUTPUT_DIRECTORY!,
    pause: Number(environment.SCAN_PAUSE_MILLISECONDS || 10_000),
    patience: Number(environment.SCAN_PATIENCE_MILLISECONDS || 30 * MINUTE),
  };
}
