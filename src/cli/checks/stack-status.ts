import { Check } from '../check';
import { problem } from '../finding';

/** States out of which CloudFormation does not update a stack, and the way out. */
const STUCK: [status: RegExp, remedy: string][] = [
  [/^ROLLBACK_(COMPLETE|FAILED)$|^CREATE_FAILED$/, 'Delete the stack: its first deployment failed, and it cannot be updated.'],
  [/^DELETE_FAILED$/, 'Look at its events for what is in the way, and delete it again.'],
  [/^UPDATE_ROLLBACK_FAILED$/, 'Continue its rollback in CloudFormation.'],
  [/_IN_PROGRESS$/, 'Wait until it is done.'],
];

/** The stack can be created or updated. */
export const STACK_STATUS: Check = {
  name: 'stack-status',
  title: 'The stack is not there yet, or in a state in which CloudFormation updates it.',
  actions: ['cloudformation:DescribeStacks'],
  look: async ({ stack: { name } }, account) => {
    const question = { action: 'cloudformation:DescribeStacks', subject: `the stack ${name}`, absent: ['ValidationError'] };
    const [{ StackStatus: status = '' } = { StackStatus: '' }] = await account.all('cloudformation', question, 'Stacks', { StackName: name });
    if (/^REVIEW_IN_PROGRESS$/.test(status)) return [];
    const stuck = STUCK.find(([states]) => states.test(status));
    return stuck === undefined ? [] : [problem(`The stack ${name} is in the state ${status}, in which CloudFormation updates nothing.`, stuck[1])];
  },
};
