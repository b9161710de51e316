export * from './environment-parameter';
export * from './environment-names';
export * from './environment-attributes';
export * from './environment-role';
export * from './key-purpose';
export * from './role-options';
export * from './target-parameter';
