export * from './stack-set-account-threshold';
export * from './cross-account-deployment-target';
export * from './deployment-target-options';
export * from './deployment-target-product';
export * from './deployment-target-stack-set';
export * from './stack-set-options';
