/** One value or several, as IAM's policy grammar writes them. */
export type OneOrMany = string | string[];

/** Conditions: operator → key → values. */
export type Conditions = Record<string, Record<string, OneOrMany>>;

/** A statement of an IAM policy. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*' | Record<string, OneOrMany>;
  readonly NotPrincipal?: '*' | Record<string, OneOrMany>;
  readonly Action?: OneOrMany;
  readonly NotAction?: OneOrMany;
  readonly Resource?: OneOrMany;
  readonly NotResource?: OneOrMany;
  readonly Condition?: Conditions;
}

/** An IAM policy, intrinsics resolved. */
export interface PolicyDocument {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: PolicyStatement[];
}

/** What a policy is attached to, and so what it decides. */
export type PolicyKind = 'identity' | 'boundary' | 'trust' | 'bucket' | 'key' | 'bus' | 'queue' | 'endpoint' | 'control';

/** A policy with a name that no other policy of the app has. */
export interface NamedPolicy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly document: PolicyDocument;
}

/** The values of an element that may be absent, one value or several. */
export function listOf(values: OneOrMany | undefined): string[] {
  if (values === undefined) return [];
  return Array.isArray(values) ? values : [values];
}

/** Begins the names of policies that belong to nobody's template. */
export const BYSTANDER = 'bystander/';

/** Lets everything pass; those outside our roles are assumed to have it. */
export const EVERYTHING_POLICY: NamedPolicy = {
  name: `${BYSTANDER}everything`,
  kind: 'identity',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};
