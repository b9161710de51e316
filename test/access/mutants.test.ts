import { mutantsOf } from './mutants';
import { NamedPolicy, PolicyKind, PolicyStatement } from './policy-document';

function policy(kind: PolicyKind, statement: PolicyStatement): NamedPolicy {
  return { name: 'p', kind, document: { Version: '2012-10-17', Statement: [statement] } };
}

function names(kind: PolicyKind, statement: PolicyStatement): string[] {
  return mutantsOf(policy(kind, statement)).map(({ name }) => name);
}

test('an allow is dropped, loses each condition, and is widened', () => {
  expect(names('identity', {
    Sid: 'Read',
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::ours/*',
    Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:PrincipalAccount': '1' } },
  })).toEqual([
    'p Read dropped',
    'p Read without StringEquals aws:SourceVpc',
    'p Read without StringEquals aws:PrincipalAccount',
    'p Read on every resource',
    'p Read with s3:*',
  ]);
});

test('a deny is dropped, loses each condition, and forgets each action', () => {
  expect(names('identity', {
    Effect: 'Deny',
    Action: ['s3:GetObject', 's3:PutObject'],
    Resource: '*',
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  })).toEqual([
    'p deny s3:GetObject and 1 more dropped',
    'p deny s3:GetObject and 1 more without Bool aws:SecureTransport',
    'p deny s3:GetObject and 1 more but for s3:GetObject',
    'p deny s3:GetObject and 1 more but for s3:PutObject',
  ]);
});

test('a condition leaves its operator only when it was the last of it', () => {
  const [, mutant] = mutantsOf(policy('identity', {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1', 'aws:PrincipalAccount': '1' } },
  }));

  expect(mutant.document.Statement[0].Condition).toEqual({ StringEquals: { 'aws:PrincipalAccount': '1' } });
});

test('a bucket policy is widened to its bucket, not beyond', () => {
  const [, mutant] = mutantsOf(policy('bucket', { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::ours/a/*' }));

  expect(mutant.document.Statement[0].Resource).toEqual(['arn:aws:s3:::ours', 'arn:aws:s3:::ours/*']);
});

test('a trust policy opens for everybody', () => {
  expect(names('trust', { Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }))
    .toEqual(['p allow sts:AssumeRole dropped', 'p allow sts:AssumeRole with sts:*', 'p allow sts:AssumeRole for everybody']);
});

test('the original is left as it was', () => {
  const original = policy('identity', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
  const before = JSON.stringify(original);
  mutantsOf(original);

  expect(JSON.stringify(original)).toBe(before);
});

test('statements that do the same are numbered', () => {
  const read: PolicyStatement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const twice: NamedPolicy = { name: 'p', kind: 'identity', document: { Version: '2012-10-17', Statement: [read, read] } };

  expect(mutantsOf(twice).map(({ name }) => name)).toEqual([
    'p allow s3:GetObject dropped', 'p allow s3:GetObject with s3:*', 'p allow s3:GetObject (2) dropped', 'p allow s3:GetObject (2) with s3:*',
  ]);
});
