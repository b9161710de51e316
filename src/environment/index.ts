export * from './data-science-environment';
export * from './data-science-environment-props';
export * from './environment-launch-role';
export * from './environment-product';
export * from './environment-product-props';
export * from './environment-template';
export * from './environment-user-options';
