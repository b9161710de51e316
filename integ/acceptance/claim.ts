/** A claim that does not hold, in a sentence. */
export class Unmet extends Error {}

/** Says that a claim does not hold, unless it does. */
export function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Unmet(otherwise);
}
