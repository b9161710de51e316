import { listOf, NamedPolicy, PolicyStatement } from '../../access/policy-document';
import { REGION } from '../../access/request/organization';
import { Context, Requester } from '../../access/request/requester';
import { Simulator } from '../../access/simulator';

/** What a launch role may do, or may not: `[why, 'allow' or 'deny', action, ARN, context]`. */
export type LaunchRow = [string, 'allow' | 'deny', string, string, Context];

/** What is of an environment, by the tag that it has. */
export const OF_AN_ENVIRONMENT: Context = { 'aws:ResourceTag/environment': 'churn' };

/** A role as it is passed to a service. */
export const passed = (service: string): Context => ({ 'iam:PassedToService': `${service}.amazonaws.com` });

/** ARNs of an account, in the region of the launch role and in another one. */
export function arnsOf(account: string) {
  const arnsIn = (region: string) => (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
  return { here: arnsIn(REGION), elsewhere: arnsIn('eu-west-1') };
}

/** A key that leaves it to its account who may use it. */
const keyPolicyOf = (account: string): NamedPolicy => ({
  name: 'key', kind: 'key', document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }] },
});

/** The answer of the simulator. */
export async function outcomeOf(who: Requester, action: string, arn: string, context: Context): Promise<string> {
  const account = who.account!, policy = arn.includes(':key/') ? keyPolicyOf(account.id) : undefined;
  return (await new Simulator().decide({ action, who, on: { arn, account, policy }, context })).outcome;
}

/** What a private hosted zone is associated with is no matter of its ARN: AWS has no other resource for the action. */
const ON_NOTHING_ELSE = /^route53:/;

export type Weakened = [what: string, actions: string[], who: Requester];

/** The role with each of its statements weakened in turn: a row has to notice. */
export function weakenedRoles(role: Requester): Weakened[] {
  const statements = role.identityPolicies!
    .flatMap(({ document }, policy) => document.Statement.map((statement, index) => ({ statement, policy, index })));
  return statements.flatMap(({ statement: { Action, Resource, Condition }, policy, index }) => {
    const actions = listOf(Action), [first] = actions, without: Weakened[] = [];
    if (Condition) without.push([`${first} … without its condition`, actions, withStatement(role, policy, index, { Condition: undefined })]);
    if (!listOf(Resource).includes('*') && !ON_NOTHING_ELSE.test(first)) without.push([`${first} … on everything`, actions, withStatement(role, policy, index, { Resource: '*' })]);
    return without;
  });
}

/** Whether a row says that one of the actions is refused which the role may do now. */
export async function isNoticed(rows: LaunchRow[], actions: string[], who: Requester): Promise<boolean> {
  const denied = rows.filter(([, expected, action]) => expected === 'deny' && actions.includes(action));
  return (await Promise.all(denied.map(([, , action, arn, context]) => outcomeOf(who, action, arn, context)))).includes('allow');
}

/** The role with one statement in the place of another. */
function withStatement(role: Requester, policy: number, index: number, change: Partial<PolicyStatement>): Requester {
  const identityPolicies = role.identityPolicies!.map(({ document, ...policyOf }, i) => ({
    ...policyOf,
    document: {
      ...document,
      Statement: document.Statement.map((statement, j) => (i === policy && j === index ? { ...statement, ...change } : statement)),
    },
  }));
  return { ...role, identityPolicies };
}
