export * from './execution-guardrails';
export * from './execution-role';
export * from './execution-roles';
export { Persona } from './persona';
export * from './persona-permission-set';
export * from './persona-role';
export * from './persona-trust';
export * from './personas';
export * from './user-binding';
