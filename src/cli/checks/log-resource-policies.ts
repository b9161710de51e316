import { Check } from '../check';
import { problem } from '../finding';

/** Of an account in a region, and not to be raised. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const MOST = 10;

/** CloudWatch Logs takes the stack's resource policies. */
export const LOG_RESOURCE_POLICIES: Check = {
  name: 'log-resource-policies',
  title: 'CloudWatch Logs has room for the stack\'s resource policies.',
  actions: ['logs:DescribeResourcePolicies'],
  look: async (stack, account) => {
    const needed = stack.added('AWS::Logs::ResourcePolicy').length;
    if (needed === 0) return [];
    const question = { action: 'logs:DescribeResourcePolicies', subject: 'resource policies of CloudWatch Logs' };
    const { length: has } = await account.allJson('logs', 'Logs_20140328', question, 'resourcePolicies', {}, ['nextToken', 'nextToken']);
    return has + needed <= MOST ? []
      : [problem(`The stack makes ${needed} resource policies of CloudWatch Logs, there are ${has}, and a region has at most ${MOST}.`, 'Delete what nobody needs, put the statements of several into one, or leave out resolverQueryLogging of the detective controls.')];
  },
};
