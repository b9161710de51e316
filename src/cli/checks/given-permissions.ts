import { PolicyStatement } from '../aws/account';
import { READ_ROLE, roleCalled, RoleOfAccount } from '../aws/role';
import { Check, each } from '../check';
import { Finding, problem } from '../finding';
import { KnownRequired } from '../planned-stack';
import { deniedBy, Uncovered, uncovered } from '../policy-cover';

const AS_PRINTED = 'Give it what requiredPolicies prints for it.';

/**
 * Roles that were given may do what is needed of them, are denied what is to be denied, and are assumed by those who work with them and
 * nobody else. That a role is there at all is another check's.
 */
export const GIVEN_PERMISSIONS: Check = {
  name: 'given-permissions',
  title: 'Policies, trust policy and permissions boundary of a given role cover each statement that is printed for it.',
  actions: READ_ROLE,
  look: (stack, account) => each(stack.requiredRoles, async (required) => {
    if (!required.roleArn.includes(`:iam::${stack.known.account}:role/`)) return [];
    const role = await roleCalled(account, required.roleArn);
    return role === undefined ? [] : [...allowed(role, required), ...bounded(role, required), ...trusted(role, required)];
  }),
};

const statementsOf = ({ policies }: KnownRequired) => policies.flatMap(({ Statement }) => Statement);

function allowed(role: RoleOfAccount, required: KnownRequired): Finding[] {
  const needed = statementsOf(required);
  if (role.policies.length === 0) return [problem(`The role ${role.arn} has no policies, and ${needed.length} statements are printed for it.`, AS_PRINTED)];
  const lacking = uncovered(needed, role.policies.flatMap(({ statements }) => statements)).map((one) => (
    one.statement.Effect === 'Deny'
      ? problem(`No policy of the role ${role.arn} denies it ${told(one)}, which would be open to it.`, AS_PRINTED)
      : problem(`No policy of the role ${role.arn} allows it ${told(one)}.`, AS_PRINTED)
  ));
  const denied = role.policies.flatMap(({ name, statements }) => deniedBy(needed, statements).map((one) => (
    problem(`The policy ${name} denies the role ${role.arn} ${told(one)}, which it needs.`, 'Take the denial away, or name another role.'))));
  return [...lacking, ...denied];
}

/** A boundary allows nothing by itself; denials stand in the role's own policies. */
function bounded({ arn, boundary }: RoleOfAccount, required: KnownRequired): Finding[] {
  if (boundary === undefined) return [];
  const needed = statementsOf(required).filter(({ Effect }) => Effect === 'Allow');
  const remedy = 'Widen the boundary, or name a role with another.';
  return [
    ...uncovered(needed, boundary.statements).map((one) => problem(`The permissions boundary ${boundary.name} does not allow the role ${arn} ${told(one)}.`, remedy)),
    ...deniedBy(needed, boundary.statements).map((one) => problem(`The permissions boundary ${boundary.name} denies the role ${arn} ${told(one)}, which it needs.`, remedy)),
  ];
}

function trusted({ arn, trust }: RoleOfAccount, required: KnownRequired): Finding[] {
  const remedy = 'Give it the trust policy that requiredTrust prints.';
  const allows = trust.Statement.filter(({ Effect }) => Effect === 'Allow');
  return [
    ...uncovered(required.trust.Statement, trust.Statement).map(({ statement, actions }) => (
      problem(`The trust policy of the role ${arn} does not let ${principalsOf(statement)} do ${actions.join(', ')}, as is needed.`, remedy))),
    ...uncovered(allows, required.trust.Statement).map(({ statement, actions }) => (
      problem(`The trust policy of the role ${arn} lets ${principalsOf(statement)} do ${actions.join(', ')} under fewer conditions than are needed, or at all.`, remedy))),
  ];
}

function principalsOf({ Principal }: PolicyStatement): string {
  return typeof Principal === 'object' ? Object.values(Principal).flat().join(', ') : 'anybody';
}

const MOST_TOLD = 5;

function told({ statement: { Sid }, actions, resources }: Uncovered): string {
  const some = (texts: string[]) => texts.length > MOST_TOLD ? `${texts.slice(0, MOST_TOLD).join(', ')} and ${texts.length - MOST_TOLD} more` : texts.join(', ');
  return `${some(actions)} on ${some(resources)}${Sid === undefined ? '' : ` (${Sid})`}`;
}
