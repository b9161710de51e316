/** The root of the template's own account, as the CDK names a whole account in a policy. */
const OWN_ROOT = /^arn:[^:]+:iam::\$\{AWS::AccountId\}:root$/;

/** The root of an account that is known. */
const ROOT = /^arn:[^:]+:iam::(\d{12}):root$/;

/**
 * The same policies in fewer letters: an account by its number, which IAM takes for its root's ARN, and no id where a statement allows,
 * for only a denial is looked up by it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function withShortPolicies(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withShortPolicies);
  if (typeof value !== 'object' || value === null) return value;
  const { Effect, Sid, ...rest } = value as Record<string, unknown>;
  if (Effect !== 'Allow' && Effect !== 'Deny') return mapped(value as Record<string, unknown>);
  const { Principal, ...statement } = mapped(rest);
  return {
    ...statement,
    Effect,
    ...Principal !== undefined && { Principal: shortPrincipal(Principal) },
    ...Effect === 'Deny' && Sid !== undefined && { Sid },
  };
}

function mapped(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withShortPolicies(inner)]));
}

function shortPrincipal(principal: unknown): unknown {
  const { AWS } = principal as { readonly AWS?: unknown };
  return AWS === undefined ? principal : { ...principal as object, AWS: Array.isArray(AWS) ? AWS.map(shortAccount) : shortAccount(AWS) };
}

function shortAccount(principal: unknown): unknown {
  if (typeof principal === 'string') return ROOT.exec(principal)?.[1] ?? principal;
  const text = (principal as { readonly 'Fn::Sub'?: unknown })['Fn::Sub'];
  return typeof text === 'string' && OWN_ROOT.test(text) ? { Ref: 'AWS::AccountId' } : principal;
}
