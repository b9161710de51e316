export * from './environment-parameter';
export * from './environment-registry';
export * from './environment-registry-props';
export * from './environment-role';
export * from './key-purpose';
export * from './role-options';
export * from './target-parameter';
