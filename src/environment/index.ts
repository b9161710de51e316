export * from './data-science-environment';
export { EnvironmentAttributes } from './environment-attributes';
export * from './environment-user-options';
