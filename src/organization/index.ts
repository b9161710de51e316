export * from './organization-guardrails';
export * from './organization-guardrails-props';
export type { OrganizationWorkloads } from './organization-workloads';
