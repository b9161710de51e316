export * from './amount-of-accounts';
export * from './capture-bucket';
export * from './cross-account-deployment-target';
export * from './deployment-target-options';
export * from './deployment-target-stack-set';
export * from './promoted-models';
export * from './stack-set-administration-role';
export * from './stack-set-options';
