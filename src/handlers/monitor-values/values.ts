import { existsSync } from 'fs';
import { join } from 'path';
import { Settings } from './settings';
import { jsonObjectIn } from '../files/json-object';

/** Where the repository says what it chooses for a stage. */
export const CONFIGURATION = 'config';
const LONGEST_NAME = 63;

/** What the environment says of a stage. */
interface Stage {
  readonly endpointPrefix: string;
  /** The thresholds that may be chosen, by the parameters that take them: their names and usual values. */
  readonly thresholds: Record<string, { readonly name: string; readonly value: number }>;
}

/** The parameters of a stage's monitor, by name. */
export function valuesOf(name: string, { outputDirectory, endpointProject, monitor, programUrl }: Settings): Record<string, string> {
  const { endpointPrefix, thresholds } = jsonObjectIn<Stage>(join(outputDirectory, `stage-${name}.json`));
  const endpointName = `${endpointPrefix}${endpointProject}`;
  if (endpointName.length > LONGEST_NAME) throw new Error(`there is no endpoint ${endpointName}: it would have ${endpointName.length} characters, and SageMaker allows ${LONGEST_NAME}`);
  const chosen = chosenOf(name, Object.values(thresholds).map((threshold) => threshold.name));
  return {
    EndpointName: endpointName,
    MonitorName: `${endpointPrefix}${monitor}`,
    ProgramUrl: programUrl,
    ...Object.fromEntries(Object.entries(thresholds).map(([parameter, threshold]) => [parameter, `${chosen[threshold.name] ?? threshold.value}`])),
  };
}

/** The repository's choice: as data, nothing of the repository is run. */
function chosenOf(stage: string, names: string[]): Record<string, number> {
  const file = join(CONFIGURATION, `${stage}.json`);
  if (!existsSync(file)) return {};
  const given = jsonObjectIn<Record<string, number>>(file);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`${file} has ${unknown.join(', ')}, and these are chosen there: ${names.join(', ')}`);
  for (const [name, value] of Object.entries(given)) {
    // Six digits are what the template takes, which writes no exponents.
    if (typeof value !== 'number' || !(value >= 0 && value <= 1) || !/^\d(\.\d{1,6})?$/.test(`${value}`)) {
      throw new Error(`${file}: ${name} is ${JSON.stringify(value)} but must be a number from 0 to 1, with at most six digits behind the point`);
    }
  }
  return given;
}
