export * from './data-science-environment';
export * from './deployment-stage';
export * from './model-approval';
export * from './model-promotion';
export * from './stage-endpoints';
export * from './stage-monitoring';
export * from './stage-retirement';
export * from './stage-tests';
