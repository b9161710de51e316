import { Element } from '../../handlers/aws/client';
import { Check } from '../check';
import { Finding, problem } from '../finding';

/** What IAM counts for the whole account, by the names in its summary. */
const COUNTED: { readonly type: string; readonly used: string; readonly quota: string; readonly what: string }[] = [
  { type: 'AWS::IAM::Role', used: 'Roles', quota: 'RolesQuota', what: 'roles' },
  { type: 'AWS::IAM::ManagedPolicy', used: 'Policies', quota: 'PoliciesQuota', what: 'customer-managed policies' },
  { type: 'AWS::IAM::InstanceProfile', used: 'InstanceProfiles', quota: 'InstanceProfilesQuota', what: 'instance profiles' },
];

/** There is room for roles and policies. */
export const IAM_QUOTAS: Check = {
  name: 'iam-quotas',
  title: 'The account has room for the stack\'s roles and managed policies, and each role for its policies.',
  actions: ['iam:GetAccountSummary'],
  look: async (stack, account) => {
    const answer = await account.query('iam', { action: 'iam:GetAccountSummary', subject: 'the quotas of IAM' });
    const entries = [answer?.SummaryMap.entry ?? []].flat() as Element[];
    const summary = new Map(entries.map(({ key, value }) => [String(key), Number(value)]));
    const found = COUNTED.flatMap(({ type, used, quota, what }): Finding[] => {
      const needed = stack.added(type).length, has = summary.get(used) ?? 0, most = summary.get(quota) ?? Infinity;
      return needed > 0 && has + needed > most
        ? [problem(`The stack makes ${needed} ${what}, the account has ${has}, and its quota is ${most}.`, `Delete ${what} that nobody needs, or have the quota of IAM raised in Service Quotas.`)] : [];
    });
    const most = summary.get('AttachedPoliciesPerRoleQuota') ?? Infinity;
    return found.concat([...attached(stack.stack.template.Resources ?? {})].filter(([, count]) => count > most).map(([role, count]) => (
      problem(`${count} managed policies are attached to the role ${role}, and the account's quota is ${most}.`, 'Have the quota "Managed policies attached to an IAM role" raised in Service Quotas.')
    )));
  },
};

/** How many managed policies of the stack a role of the stack gets, attached from either side. */
function attached(resources: Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (role: string, count: number) => counts.set(role, (counts.get(role) ?? 0) + count);
  for (const [logicalId, { Type, Properties = {} }] of Object.entries(resources)) {
    if (Type === 'AWS::IAM::Role') add(logicalId, (Properties.ManagedPolicyArns as unknown[] | undefined)?.length ?? 0);
    if (Type !== 'AWS::IAM::ManagedPolicy') continue;
    for (const role of Properties.Roles as ({ readonly Ref?: string } | string)[] | undefined ?? []) {
      add(typeof role === 'string' ? role : role.Ref ?? JSON.stringify(role), 1);
    }
  }
  return counts;
}
