import { writeFileSync } from 'fs';
import { join } from 'path';
import { settingsOf } from './settings';
import { CONFIGURATION, valuesOf } from './values';
import { checkStageFiles } from '../files/stage-files';
import type { Output } from '../programs/output';

/** The program. Answers its exit code: 0 with the parameters of every stage, 1 with a reason and without any. */
export function run(output: Output): number {
  try {
    const settings = settingsOf(process.env);
    checkStageFiles(CONFIGURATION, settings.stages);
    // All of them are made before the first is written: half of them are none.
    const contents = settings.stages.map((stage) => [join(settings.outputDirectory, `parameters-${stage}.json`), valuesOf(stage, settings)] as const);
    for (const [file, values] of contents) {
      const parameters = Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));
      writeFileSync(file, `${JSON.stringify(parameters, undefined, 2)}\n`);
      output.say(`Wrote ${file}`);
    }
    return 0;
  } catch (error) {
    output.fail(`Nothing is monitored anew: ${(error as Error).message}`);
    return 1;
  }
}
