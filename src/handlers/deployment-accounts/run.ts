import { emptinessOf, explanationOf } from './explanation';
import { planOf } from './plan';
import { settingsOf } from './settings';
import { described } from '../aws/faults';

/** Where the program writes: the plan as JSON, and everything that is for people. */
export interface Output {
  readonly plan: (text: string) => void;
  readonly people: (text: string) => void;
}

/** The program. Answers its exit code: 0 with a plan, 1 with a reason and without one. */
export async function run(settingsJson: string | undefined, output: Output): Promise<number> {
  try {
    const settings = settingsOf(settingsJson);
    const plan = await planOf(settings);
    explanationOf(plan, settings).forEach((line) => output.people(line));
    const emptiness = emptinessOf(plan);
    if (emptiness !== undefined) throw new Error(emptiness);
    output.plan(JSON.stringify(plan, undefined, 2));
    return 0;
  } catch (error) {
    output.people(`Nothing is deployed: ${described(error)}.`);
    return 1;
  }
}
