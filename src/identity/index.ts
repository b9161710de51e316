export * from './execution-guardrails';
export * from './execution-roles';
export { ManagedRole } from './managed-role';
export { Persona } from './persona';
export * from './persona-claim';
export * from './persona-permission-set';
export * from './persona-trust';
export * from './personas';
export * from './session-identity';
