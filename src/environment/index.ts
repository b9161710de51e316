export * from './data-science-environment';
export * from './data-science-environment-props';
export type { EnvironmentAttributes } from './environment-attributes';
export * from './environment-user-options';
