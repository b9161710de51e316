import { widerThan } from './wider';
import { PolicyDocument, PolicyStatement } from '../../access/policy-document';

const ACCOUNT = '111111111111';
const allow = (action: string, resource: string | string[], more: Partial<PolicyStatement> = {}): PolicyDocument =>
  ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: resource, ...more }] });
const widerBy = async (theirs: PolicyDocument, ours: PolicyDocument) => (await widerThan([theirs], [ours], ACCOUNT)).wider;

const THEIRS = allow('codecommit:Git*', 'arn:aws:codecommit:*:*:*sagemaker*');

test.each(['*', 'arn:aws:codecommit:*:*:*', `arn:aws:codecommit:us-east-1:${ACCOUNT}:*`])('%s is wider than what has a name', async (resource) => {
  expect(await widerBy(THEIRS, allow('codecommit:GitPull', resource))).toEqual(['codecommit:GitPull on any repository']);
});

test('another name is not', async () => {
  expect(await widerBy(THEIRS, allow('codecommit:GitPull', `arn:aws:codecommit:us-east-1:${ACCOUNT}:churn--*`))).toEqual([]);
});

test('what a statement demands is said', async () => {
  expect(await widerBy(THEIRS, allow('codecommit:GitPull', '*', { Condition: { StringEquals: { 'aws:ResourceTag/environment': 'churn' } } })))
    .toEqual(['codecommit:GitPull on any repository, given aws:ResourceTag/environment']);
});

test('nothing is wider than any name, or compared with what AWS does not give', async () => {
  expect(await widerBy(allow('codecommit:GitPull', 'arn:aws:codecommit:*:*:*'), allow('codecommit:*', '*'))).toEqual([]);
  expect(await widerBy(allow('s3:PutObject', 'arn:aws:s3:::*sagemaker*'), allow('codecommit:GitPull', '*'))).toEqual([]);
});

test.each([[['arn:aws:s3:::*'], 1], [['arn:aws:s3:::churn-data/*'], 0]])('objects of %s are told from those of a bucket with a name', async (resource, found) => {
  expect(await widerBy(allow('s3:PutObject', 'arn:aws:s3:::*sagemaker*'), allow('s3:PutObject', resource))).toHaveLength(found);
});

test.each([
  ['arn:aws:codecommit:*:*:*', []],
  ['arn:aws:sns:*:*:*', ['codecommit:GitPull on a repository']],
])('where they give it on %s, another type of resource is told', async (resource, elsewhere) => {
  expect((await widerThan([allow('codecommit:GitPull', resource)], [allow('codecommit:GitPull', 'arn:aws:codecommit:us-east-1:*:churn--*')], ACCOUNT)).elsewhere).toEqual(elsewhere);
});
