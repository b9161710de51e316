import { deniedBy, uncovered } from '../../src/cli/policy-cover';

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

describe('what is allowed on everything but something', () => {
  const GROUPS = 'arn:*:sagemaker:*:*:feature-group/*';
  const list = { Effect: 'Allow', Action: 'sagemaker:List*' };
  const asked = { ...list, NotResource: GROUPS };

  test.each<[string, object]>([
    ['the same', asked],
    ['everything', { ...list, Resource: '*' }],
    ['everything but a part of it', { ...list, NotResource: 'arn:*:sagemaker:*:*:feature-group/ours-*' }],
  ])('is covered by %s', (_, has) => {
    expect(uncovered([asked], [has as typeof list])).toEqual([]);
  });

  test.each<[string, object]>([
    ['everything but that and more', { ...list, NotResource: [GROUPS, 'arn:*:sagemaker:*:*:endpoint/*'] }],
    ['one kind of resource', { ...list, Resource: 'arn:*:sagemaker:*:*:endpoint/*' }],
    ['the same for less', { ...asked, Action: 'sagemaker:ListModels' }],
  ])('is not covered by %s', (_, has) => {
    expect(uncovered([asked], [has as typeof list])).toEqual([{ statement: asked, actions: ['sagemaker:List*'], resources: [`everything but ${GROUPS}`] }]);
  });

  test('covers everything no more', () => {
    expect(uncovered([{ ...list, Resource: '*' }], [asked])).toHaveLength(1);
  });

  test('is denied by a denial of the same', () => {
    expect(deniedBy([asked], [{ ...asked, Effect: 'Deny' }])).toHaveLength(1);
    expect(deniedBy([asked], [{ ...list, Effect: 'Deny', Resource: GROUPS }])).toEqual([]);
  });
});
