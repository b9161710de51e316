import { NamedPolicy, PolicyKind, PolicyStatement } from './policy-document';
import { ACCOUNTS } from './request/organization';
import { Context, Requester, session } from './request/requester';
import { AccessRequest, Simulator } from './simulator';

const simulator = new Simulator();

function policy(kind: PolicyKind, ...statements: PolicyStatement[]): NamedPolicy {
  return { name: kind, kind, document: { Version: '2012-10-17', Statement: statements } };
}

function caller(statement: PolicyStatement, context: Context = {}): Requester {
  return session(ACCOUNTS.data, 'churn', { identityPolicies: [policy('identity', statement)], context });
}

async function outcome(request: Partial<AccessRequest> & { action: string; who: Requester }, arn: string): Promise<string> {
  const decision = await simulator.decide({ on: { arn, account: ACCOUNTS.data }, context: { ...request.who.context }, ...request });
  return decision.outcome;
}

const OPEN: PolicyStatement = { Effect: 'Allow', Action: '*', Resource: '*' };

test('a policy variable of Studio is bound to the person', async () => {
  const apps = 'arn:aws:sagemaker:us-east-1:111111111111:app';
  const who = caller(
    { Effect: 'Allow', Action: 'sagemaker:DeleteApp', Resource: `${apps}/\${sagemaker:DomainId}/\${sagemaker:UserProfileName}/*` },
    { 'sagemaker:DomainId': 'd-1', 'sagemaker:UserProfileName': 'alice' },
  );

  expect(await outcome({ action: 'sagemaker:DeleteApp', who }, `${apps}/d-1/alice/jupyterlab/default`)).toBe('allow');
  expect(await outcome({ action: 'sagemaker:DeleteApp', who }, `${apps}/d-1/bob/jupyterlab/default`)).toBe('deny');
});

test('a pipeline ARN may have a wildcard before its first slash', async () => {
  const action = 'codepipeline:PutApprovalResult';
  const pipelines = 'arn:aws:codepipeline:us-east-1:111111111111';
  const who = caller({ Effect: 'Allow', Action: action, Resource: `${pipelines}:*-deploy/Production/Approve` });

  expect(await outcome({ action, who }, `${pipelines}:churn-deploy/Production/Approve`)).toBe('allow');
  expect(await outcome({ action, who }, `${pipelines}:churn-deploy/Staging/Approve`)).toBe('deny');
});

test('an action that knows no resource is asked for all of them', async () => {
  const who = caller({ Effect: 'Allow', Action: 'sagemaker:ListDomains', Resource: '*' });

  expect(await outcome({ action: 'sagemaker:ListDomains', who }, 'arn:aws:sagemaker:us-east-1:111111111111:domain/d-1')).toBe('allow');
});

test('a policy that is no policy leaves the request undecided', async () => {
  const who = caller({ Effect: 'Allow', Action: 'sagemaker:ListDomains' });

  expect(await outcome({ action: 'sagemaker:ListDomains', who }, '*')).toBe('undecided');
});

test('an endpoint policy has a say', async () => {
  const endpointPolicy = policy('endpoint', { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::ours/*' });

  expect(await outcome({ action: 's3:GetObject', who: caller(OPEN), endpointPolicy }, 'arn:aws:s3:::ours/x')).toBe('allow');
  expect(await outcome({ action: 's3:GetObject', who: caller(OPEN), endpointPolicy }, 'arn:aws:s3:::theirs/x')).toBe('deny');
});

test('a permissions boundary has a say', async () => {
  const who = { ...caller(OPEN), boundary: policy('boundary', { Effect: 'Allow', Action: 's3:*', Resource: '*' }) };

  expect(await outcome({ action: 's3:GetObject', who }, 'arn:aws:s3:::ours/x')).toBe('allow');
  expect(await outcome({ action: 'iam:CreateRole', who }, 'arn:aws:iam::111111111111:role/x')).toBe('deny');
});

test('a policy can be replaced for one decision', async () => {
  const request: AccessRequest = { action: 's3:GetObject', who: caller(OPEN), on: { arn: 'arn:aws:s3:::ours/x', account: ACCOUNTS.data }, context: {} };

  expect((await simulator.decide(request, new Map([['identity', { Version: '2012-10-17', Statement: [] }]]))).outcome).toBe('deny');
  expect((await simulator.decide(request)).outcome).toBe('allow');
});

test('an encryption context is compared', async () => {
  const logs = { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:us-east-1:111111111111:*' };
  const who = caller({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*', Condition: { ArnLike: logs } });
  const key = { arn: 'arn:aws:kms:us-east-1:111111111111:key/k', account: ACCOUNTS.data, policy: policy('key', { ...OPEN, Principal: { AWS: 'arn:aws:iam::111111111111:root' } }) };
  const ask = async (arn: string) => (await simulator.decide({ action: 'kms:Decrypt', who, on: key, context: { 'kms:EncryptionContext:aws:logs:arn': arn } })).outcome;

  expect(await ask('arn:aws:logs:us-east-1:111111111111:log-group:flow')).toBe('allow');
  expect(await ask('arn:aws:logs:us-east-1:999999999999:log-group:flow')).toBe('deny');
});
