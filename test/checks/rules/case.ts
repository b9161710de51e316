/** A template, or the part of one that a case is about. */
export interface CaseTemplate {
  readonly Resources: Record<string, unknown>;
  readonly Parameters?: Record<string, unknown>;
  readonly Conditions?: Record<string, unknown>;
  readonly Mappings?: Record<string, unknown>;
}

/** Templates in which a rule is kept, broken, or in which only the deployment will tell; with what is said of it, exactly. */
export interface RuleCases {
  readonly rule: string;
  readonly complies: readonly CaseTemplate[];
  readonly breaks: readonly (readonly [CaseTemplate, ...string[]])[];
  readonly unknown: readonly (readonly [CaseTemplate, ...string[]])[];
}

/** What a case leaves to the deployment: a parameter without a default. */
export const PARAMETERS = { Given: { Type: 'String' }, Names: { Type: 'CommaDelimitedList' } };
export const GIVEN = { Ref: 'Given' };
/** A condition of which only the deployment knows whether it holds. */
export const PERHAPS = { Perhaps: { 'Fn::Equals': [GIVEN, 'yes'] } };
/** Of the parameter in sentences. */
export const IS_GIVEN = 'is the parameter Given, which has no default';

/** A template with one resource, and what is beside it. */
export function one(type: string, properties: Record<string, unknown>, others: Record<string, unknown> = {}): CaseTemplate {
  return { Parameters: PARAMETERS, Resources: { It: { Type: type, Properties: properties }, ...others } };
}
