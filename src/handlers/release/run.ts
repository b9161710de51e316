import { releaseOf } from './release';
import { writeRelease } from './release-files';
import { settingsOf } from './settings';
import { described } from '../aws/faults';
import type { Output } from '../programs/output';

/** The program. Answers its exit code: 0 with a release, 1 with a reason and without one. */
export async function run(output: Output): Promise<number> {
  try {
    const settings = settingsOf(process.env);
    const { release, sample } = await releaseOf(settings, output.say);
    for (const file of writeRelease(release, sample, settings)) output.say(`Wrote ${file}`);
    return 0;
  } catch (error) {
    output.fail(`Nothing is released: ${described(error)}`);
    return 1;
  }
}
