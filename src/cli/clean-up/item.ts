/** In which order an environment goes: what makes things goes before them, and what they need after them. */
export const PHASES = ['projects', 'endpoints', 'targets', 'studio', 'environment', 'kept'] as const;
export type Phase = typeof PHASES[number];

/**
 * What becomes of something: it is deleted; it is kept; or it stands in the way, and nothing of a later phase is deleted until
 * somebody has seen to it.
 */
export type Fate = 'delete' | 'keep' | 'blocked';

/** Something of an environment, or something that is in the way. */
export interface Item {
  readonly phase: Phase;
  readonly account: string;
  readonly region: string;
  /** Such as `stack`, or a type of CloudFormation. */
  readonly type: string;
  readonly name: string;
  readonly fate: Fate;
  /** A sentence: why this becomes of it. */
  readonly why: string;
  /** A sentence or a command: what to do about it. */
  readonly how?: string;
  /** For whom StackSets is asked about a stack set. */
  readonly callAs?: string;
}

/** The same thing, described twice, is one. */
export function identityOf({ account, region, type, name }: Item): string {
  return [account, region, type, name].join(' ');
}
