export * from './environment-keys';
export type { FromKeysOptions, GivenKeys } from './given-keys';
export * from './key-source';
export * from './managed-keys-options';
