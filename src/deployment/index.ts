export * from './capture-bucket';
export * from './cross-account-deployment-target';
export * from './deployment-target-options';
export * from './stack-set-administration-role';
