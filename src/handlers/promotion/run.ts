import { promote } from './promotion';
import { settingsOf } from './settings';
import { described } from '../aws/faults';
import type { Output } from '../programs/output';

/** The program. Answers its exit code: 0 where every account has the release, else 1 with a reason for each that has not. */
export async function run(output: Output): Promise<number> {
  try {
    const settings = settingsOf(process.env);
    const { failures } = await promote(settings, output.say);
    for (const [account, reason] of failures) output.fail(`${account} has no copy: ${reason}`);
    if (failures.size > 0) output.fail(`${failures.size} of ${settings.accounts.length} accounts have no copy. Nothing is deployed; what was copied is found when this is started again`);
    return failures.size > 0 ? 1 : 0;
  } catch (error) {
    output.fail(`Nothing is promoted: ${described(error)}`);
    return 1;
  }
}
