import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname } from 'path';

/** How a step ended. */
export enum Result {
  HOLDS = 'holds',
  FAILS = 'does not hold',
  NOT_HERE = 'not here',
  NOT_ASKED = 'not asked for',
  NOT_BEGUN = 'not begun',
}

/** What is known of a step. */
export interface Outcome {
  readonly result: Result;
  /** What was seen, or why not. */
  readonly said: string;
  readonly seconds: number;
}

/** What has been done in an account and region, written down after each step: a run that was interrupted goes on from there. */
export class AcceptanceRecord {
  private readonly outcomes: Record<string, Outcome>;

  constructor(private readonly file: string) {
    this.outcomes = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outcome> : {};
  }

  public of(step: string): Outcome | undefined {
    return this.outcomes[step];
  }

  /** Whether a step need not be done again: what has failed, or could not begin, is tried again. */
  public isDone(step: string): boolean {
    return [Result.HOLDS, Result.NOT_HERE].includes(this.outcomes[step]?.result as Result);
  }

  public note(step: string, outcome: Outcome): void {
    this.outcomes[step] = outcome;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(this.outcomes, undefined, 2));
  }
}
