export * from './bucket-kind';
export * from './data-perimeter';
export type { ExpectedNetworks } from './expected-networks';
export * from './trusted-identities';
export * from './trusted-resources';
