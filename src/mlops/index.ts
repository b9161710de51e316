export * from './mlops-project-template';
export * from './product-assets';
export * from './project-blueprint';
export * from './project-template';
export * from './seed-code';
export * from './source-repository';
export * from './template-delivery';
