export * from './data-science-environment';
export * from './deployment-stage';
export * from './environment-registry';
export * from './environment-role';
export * from './key-purpose';
export * from './model-approval';
export * from './role-options';
