import { COSTS } from './extras';
import { AcceptanceRecord, Outcome, Result } from './record';
import { Scene } from './scene';
import { Step } from './step';

/** What became of a step. */
export interface Walked extends Outcome {
  readonly step: Step;
}

/**
 * Does steps in their order. What has been done in an earlier run is not done again; what needs a step that did not hold is not begun.
 *
 * @param local whether it is the local AWS, which cannot show everything
 * @param tell called before and after each step
 */
export async function walk(
  steps: Step[], scene: Scene, record: AcceptanceRecord, local: boolean, tell: (step: Step, outcome?: Outcome) => void,
): Promise<Walked[]> {
  const walked: Walked[] = [];
  for (const step of steps) {
    if (!record.isDone(step.id)) {
      tell(step);
      record.note(step.id, await outcomeOf(step, scene, record, local));
    }
    const outcome = record.of(step.id)!;
    tell(step, outcome);
    walked.push({ step, ...outcome });
  }
  return walked;
}

async function outcomeOf(step: Step, scene: Scene, record: AcceptanceRecord, local: boolean): Promise<Outcome> {
  if (local && step.onlyOnAws !== undefined) return { result: Result.NOT_HERE, said: step.onlyOnAws, seconds: 0 };
  if (step.onlyWith !== undefined && !scene.extras.includes(step.onlyWith)) {
    return { result: Result.NOT_ASKED, said: `--${step.onlyWith}: ${COSTS[step.onlyWith]}`, seconds: 0 };
  }
  const missing = step.after.find((other) => record.of(other)?.result !== Result.HOLDS);
  if (missing !== undefined) return { result: Result.NOT_BEGUN, said: `it needs "${missing}"`, seconds: 0 };
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  try {
    return { result: Result.HOLDS, said: await step.play(scene), seconds: seconds() };
  } catch (error) {
    return { result: Result.FAILS, said: error instanceof Error ? error.message : String(error), seconds: seconds() };
  }
}
