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
  })).toEqual(['p #0 dropped', 'p #0 without Bool aws:SecureTransport', 'p #0 but for s3:GetObject', 'p #0 but for s3:PutObject']);
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
    .toEqual(['p #0 dropped', 'p #0 with sts:*', 'p #0 for everybody']);
});

test('the original is left as it was', () => {
  const original = policy('identity', { Effect: 'Allow', Action: 's3:*', Resource: '*' });
  const before = JSON.stringify(original);
  mutantsOf(original);

  expect(JSON.stringify(original)).toBe(before);
});
