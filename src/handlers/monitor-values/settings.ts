/** What the program is told, in environment variables. */
export interface Settings {
  readonly stages: string[];
  /** Name of the project whose endpoints are watched. */
  readonly endpointProject: string;
  /** What the monitor is called, after the stage. */
  readonly monitor: string;
  /** S3 URI of the program that looks. */
  readonly programUrl: string;
  /** Holds `stage-<stage>.json`, and gets the parameters. */
  readonly outputDirectory: string;
}

const RULES: Record<string, [pattern: RegExp, rule: string]> = {
  STAGES: [/^[a-z][a-z0-9]{0,11}(,[a-z][a-z0-9]{0,11})*$/, 'names of stages, with commas between them'],
  ENDPOINT_PROJECT: [/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the name of a project: lower-case letters and digits in groups joined by hyphens'],
  MONITOR: [/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case letters and digits in groups joined by hyphens'],
  PROGRAM_URL: [/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+\/monitor\.zip$/, 'the S3 URI of a monitor.zip'],
  OUTPUT_DIRECTORY: [/\S/, 'a directory'],
};

/** Reads and checks the settings; the error names everything that is wrong with them. */
export function settingsOf(environment: NodeJS.ProcessEnv): Settings {
  const given = (name: string) => environment[name] ?? '';
  const faults = Object.entries(RULES).filter(([name, [pattern]]) => !pattern.test(given(name)))
    .map(([name, [, rule]]) => `${name} is ${JSON.stringify(given(name))} but must be ${rule}`);
  if (faults.length > 0) throw new Error(`the settings are wrong: ${faults.join('; ')}`);
  return {
    stages: given('STAGES').split(','),
    endpointProject: given('ENDPOINT_PROJECT'),
    monitor: given('MONITOR'),
    programUrl: given('PROGRAM_URL'),
    outputDirectory: given('OUTPUT_DIRECTORY'),
  };
}
