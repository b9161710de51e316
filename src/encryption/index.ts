export * from './environment-keys';
export type { GivenKeys } from './given-keys';
export * from './key-source';
