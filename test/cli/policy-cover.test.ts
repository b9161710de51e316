import { uncovered } from '../../src/cli/policy-cover';

const printed = { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] };

describe('a trust policy lets in more than was printed', () => {
  test('where it names actions that it does not allow', () => {
    const { Action: _, ...rest } = printed;
    expect(uncovered([{ ...rest, NotAction: 'sts:TagSession' }], [printed]).map(({ actions }) => actions)).toEqual([['*']]);
  });

  test('where it names principals that it does not let in', () => {
    const { Principal: _, ...rest } = printed;
    expect(uncovered([{ ...rest, NotPrincipal: { AWS: 'arn:aws:iam::222222222222:root' } }], [printed])).toHaveLength(1);
  });

  test('and does not, where it is the same', () => {
    expect(uncovered([printed], [printed])).toEqual([]);
  });
});
