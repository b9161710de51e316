export * from './data-science-environment';
export * from './deployment-stage';
export * from './model-approval';
export * from './model-promotion';
export type { EndpointCapacityOptions } from './endpoint-capacity';
export * from './stage-monitoring';
export * from './stage-retirement';
export type { EndpointTestOptions } from './endpoint-test';
