export * from './endpoint-service';
export * from './environment-network';
export * from './environment-network-props';
export * from './flow-logs';
export * from './internet-access';
export * from './package-index';
export * from './private-endpoint';
export * from './private-endpoints';
