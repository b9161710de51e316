export * from './data-science-environment';
export * from './data-science-environment-props';
export * from './environment-user-options';
