export * from './egress-firewall';
export * from './egress-firewall-props';
export * from './endpoint-service';
export * from './environment-network';
export * from './environment-network-props';
export type { FlowLogOptions } from './flow-logs';
export * from './internet-access';
export * from './package-index';
export * from './private-endpoints';
