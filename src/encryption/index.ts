export * from './environment-keys';
export type { FromKeysOptions } from './existing-keys';
export * from './key-source';
export * from './managed-keys-options';
