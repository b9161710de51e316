export * from './environment-keys';
export { GivenKeys } from './given-keys';
export * from './key-source';
