import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EnvironmentRole, TargetRole } from '../../names';

export type Conditions = Record<string, Record<string, string | string[]>>;

/** Any partition: the policies are the same in each. */
export const roleArns = (...names: string[]) => names.map((name) => `arn:*:iam::*:role/${name}`); // eslint-disable-line no-restricted-syntax -- no partition

/** Roles of environments that members are added with, each with a security group of its own. */
export const ADDING_MEMBERS = roleArns(`*--${EnvironmentRole.MEMBER_LAUNCH}-*`);

/**
 * Roles of environments that CloudFormation deploys projects, members and endpoints with. Nobody else can have such a name, since
 * only who deploys makes roles.
 */
export const LAUNCHING = [...roleArns(`*--${EnvironmentRole.PROJECT_LAUNCH}-*`), ...ADDING_MEMBERS, ...roleArns(`*--*--${TargetRole.DEPLOYMENT}-*`)];

/** Every role of environments and targets. */
export const OF_ENVIRONMENTS = roleArns('*--*');

/**
 * A denial, but for some roles. On all resources unless told otherwise: it is about what is done, whatever the name is.
 *
 * Service-linked roles and services by themselves are never subject to these policies.
 */
export function deny(sid: string, actions: string[], conditions: Conditions, exempt: string[] = [], on: string[] | { readonly except: string[] } = ['*']): PolicyStatement {
  const others: Conditions = exempt.length > 0 ? { ArnNotLike: { 'aws:PrincipalArn': exempt } } : {};
  const where = 'except' in on ? { notResources: on.except } : { resources: on };
  return new PolicyStatement({ sid, effect: Effect.DENY, actions, ...where, conditions: both(conditions, others) });
}

/** Conditions of both: an operator that both have holds the keys of both. */
function both(one: Conditions, other: Conditions): Conditions {
  const operators = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(operators.map((operator) => [operator, { ...one[operator], ...other[operator] }]));
}
