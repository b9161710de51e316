import { Refusal } from './fake-aws/answer';
import { aws, DOMAIN, stack } from './studio-of-a-domain';

/** A deployment in which people are named that were not, or are not named any more who were. */
function update(to: { users?: string[]; policy?: string }, from: { users?: string[]; policy?: string }) {
  const properties = ({ users, policy = 'retain' }: typeof to) => ({ DomainId: DOMAIN, Record: '/record', RemovalPolicy: policy, UserProfileNames: users });
  return stack.update('StudioDomainContents', DOMAIN, properties(to), properties(from));
}

describe('a user who is not named any more', () => {
  test('and has a space is not removed: the deployment says who, and what is in the way', async () => {
    aws.sagemaker.space('notebooks', 'bob');
    aws.sagemaker.space('others', 'alice');
    expect(await update({ users: ['alice'] }, { users: ['alice', 'bob'] })).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('user bob of Studio domain d-churn is kept because people\'s work is in it: space notebooks. '
        + 'Delete these in Studio or in the SageMaker console and deploy again, or first deploy with removalPolicy DESTROY, which deletes them with their volumes.') as string,
    });
    expect(aws.calls.filter((call) => call.includes('.Delete'))).toEqual([]);
  });

  test('goes where nothing is left, or all is on its way out', async () => {
    aws.sagemaker.space('notebooks', 'bob');
    aws.sagemaker.spaces[0].status = 'Deleting';
    expect(await update({ users: ['alice'] }, { users: ['alice', 'bob'] })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('goes with what is there where that was chosen before', async () => {
    aws.sagemaker.space('notebooks', 'bob');
    expect(await update({ users: [], policy: 'destroy' }, { users: ['bob'], policy: 'destroy' })).toMatchObject({ Status: 'SUCCESS' });
  });

  test('stays where that is chosen in the same deployment: the deletion that follows it would still go by the old choice', async () => {
    aws.sagemaker.space('notebooks', 'bob');
    expect(await update({ users: [], policy: 'destroy' }, { users: ['bob'] })).toMatchObject({ Status: 'FAILED' });
  });

  test('is named with all others', async () => {
    aws.sagemaker.space('one', 'bob');
    aws.sagemaker.space('two', 'carol');
    const { Reason } = await update({}, { users: ['bob', 'carol'] });
    expect(Reason).toContain('user bob of Studio domain d-churn is kept because people\'s work is in it: space one.');
    expect(Reason).toContain('user carol of Studio domain d-churn is kept because people\'s work is in it: space two.');
  });
});

test('people who stay or come are not looked at, whatever they have', async () => {
  aws.sagemaker.space('notebooks', 'bob');
  aws.fault = (operation) => (operation.startsWith('SageMaker.List') ? new Refusal('AccessDenied', 'no') : undefined);
  expect(await update({ users: ['bob', 'carol'] }, { users: ['bob'] })).toMatchObject({ Status: 'SUCCESS' });
  expect(await update({ users: ['bob'] }, {})).toMatchObject({ Status: 'SUCCESS' });
});
