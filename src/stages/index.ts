export * from './data-science-environment';
export * from './deployment-stage';
export * from './model-approval';
export * from './model-promotion';
export * from './endpoint-capacity';
export * from './stage-monitoring';
export * from './stage-retirement';
export * from './endpoint-test';
