export * from './data-science-environment';
export * from './data-science-environment-props';
export { EnvironmentAttributes } from './environment-attributes';
export * from './environment-user-options';
