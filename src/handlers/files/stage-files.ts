import { existsSync, readdirSync } from 'fs';
import { join } from 'path';

/** Refuses a repository's choices for a stage that there is not, which nobody would read. */
export function checkStageFiles(directory: string, stages: string[]): void {
  const files = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith('.json')) : [];
  const [unknown] = files.filter((name) => !stages.includes(name.slice(0, -'.json'.length)));
  if (unknown === undefined) return;
  throw new Error(`${join(directory, unknown)} is for no stage: there is ${stages.map((stage) => `${stage}.json`).join(', ')}`);
}
