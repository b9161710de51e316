import { Value } from './value';

/** What a template gets from those that are deployed with it: undefined where none of them has it. */
export interface Surroundings {
  /** What a template exports under a name. */
  readonly exported: (name: string) => Value;
  /** What a template writes into a parameter of Systems Manager. */
  readonly stored: (name: string) => Value;
  /** What a nested stack gives its parent. */
  readonly output: (stack: string, name: string) => Value;
  /** What the parent gives to a parameter of a nested stack. */
  readonly given: (parameter: string) => Value;
}

/** What intrinsic functions ask of a template. */
export interface Known {
  readonly resources: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: Readonly<Record<string, unknown>>;
  readonly conditions: Readonly<Record<string, unknown>>;
  /** Values of parameters that somebody says. */
  readonly given: Readonly<Record<string, string>>;
  /** Whether a parameter may be another than its default. */
  readonly areDefaultsOpen: boolean;
  readonly surroundings?: Surroundings;
}
