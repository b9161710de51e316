import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EnvironmentRole, TargetRole } from '../../names';
import { allOf, Conditions } from '../../perimeter/conditions';

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
  return new PolicyStatement({ sid, effect: Effect.DENY, actions, ...where, conditions: allOf(conditions, others) });
}
