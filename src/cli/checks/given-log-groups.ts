import { Check, each } from '../check';
import { problem } from '../finding';

/** Log groups that were given are there. */
export const GIVEN_LOG_GROUPS: Check = {
  name: 'given-log-groups',
  title: 'A given log group is there.',
  actions: ['logs:DescribeLogGroups'],
  look: (stack, account) => {
    const made = new Set(stack.of('AWS::Logs::LogGroup').map(({ properties }) => properties.LogGroupName));
    const named = [...stack.texts(/^(LogGroup|LogGroupName|logGroup)$/, /^AWS::(EC2|Lambda|NetworkFirewall)::/).keys()];
    return each(named.filter((name) => !made.has(name)), async (name) => {
      const question = { action: 'logs:DescribeLogGroups', subject: `the log group ${name}` };
      const answer = await account.json<{ logGroups?: { logGroupName: string }[] }>('logs', 'Logs_20140328', question, { logGroupNamePrefix: name });
      return answer?.logGroups?.some(({ logGroupName }) => logGroupName === name) ? []
        : [problem(`There is no log group ${name}, and functions or flow logs are to write into it.`, 'Name one that there is, in the region of the stack.')];
    });
  },
};
