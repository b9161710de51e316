import { Template } from 'aws-cdk-lib/assertions';
import { ACCOUNT, REGION, stackOf } from './fixture';
import { DataScienceEnvironment, DetectiveControls } from '../../src';
import { atPlace, placeOf } from '../../src/private/known-place';

const stack = stackOf();
new DetectiveControls(stack, 'Controls', { environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' }) });
const template = Template.fromStack(stack);

interface Statement {
  readonly Sid?: string;
}

/** A property of the resources of a type that are the controls' own, with what is known of the region in place of references. */
function written(type: string, property: string): unknown[] {
  return Object.entries(template.findResources(type)).filter(([id]) => id.startsWith('Controls'))
    .map(([, { Properties }]) => atPlace((Properties as Record<string, unknown>)[property], placeOf(REGION)));
}

function statementsOf(type: string, property: string): Statement[] {
  return written(type, property).flatMap((document) => (document as { Statement: Statement[] }).Statement);
}

const named = (statements: Statement[], sid: string) => statements.filter(({ Sid }) => Sid === sid);
const arnOf = (id: string) => ({ 'Fn::GetAtt': [expect.stringMatching(id) as unknown, 'Arn'] });

describe('the role of the trail', () => {
  test('is assumed by CloudTrail, for trails of this account where it says for which', () => {
    expect(statementsOf('AWS::IAM::Role', 'AssumeRolePolicyDocument')).toEqual([{
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT },
        ArnLikeIfExists: { 'aws:SourceArn': `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/*` },
      },
    }]);
  });

  test('writes into the log group of the trail, and does nothing else', () => {
    expect(statementsOf('AWS::IAM::ManagedPolicy', 'PolicyDocument')).toEqual([
      { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arnOf('^ControlsTrailLogGroup') },
    ]);
  });

  test('has its policy before the trail is made, which tries to write', () => {
    const [trail] = Object.values(template.findResources('AWS::CloudTrail::Trail')) as { DependsOn: string[] }[];
    expect(trail.DependsOn).toEqual(expect.arrayContaining([expect.stringMatching('^ControlsTrailRoleDelivery'), expect.stringMatching('^ControlsTrailBucketPolicy')]));
  });
});

describe('findings that did not reach the topic', () => {
  test('are put into the queue by the event rules of these controls', () => {
    expect(named(statementsOf('AWS::SQS::QueuePolicy', 'PolicyDocument'), 'KeepUndelivered')).toEqual([{
      Sid: 'KeepUndelivered',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: arnOf('^ControlsFindingsUndelivered'),
      Condition: { ArnLike: { 'aws:SourceArn': expect.stringMatching(`^arn:aws:events:${REGION}:${ACCOUNT}:rule/Stack-Controls-Findings-[0-9A-F]{8}-\\*$`) as unknown } },
    }]);
    const [{ Condition: { ArnLike: { 'aws:SourceArn': pattern } } }] = named(statementsOf('AWS::SQS::QueuePolicy', 'PolicyDocument'), 'KeepUndelivered') as unknown as [{ Condition: { ArnLike: Record<string, string> } }];
    const prefix = /rule\/(.*)\*$/.exec(pattern)![1];
    expect((written('AWS::Events::Rule', 'Name') as string[]).filter((name) => !name.startsWith(prefix))).toEqual([]);
  });

  test('are encrypted for EventBridge of this account', () => {
    expect(named(statementsOf('AWS::KMS::Key', 'KeyPolicy'), 'KeepUndelivered')).toEqual([{
      Sid: 'KeepUndelivered',
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: '*',
      Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } },
    }]);
  });
});

test('DNS queries are delivered into their log group alone, for this account', () => {
  const [policy] = written('AWS::Logs::ResourcePolicy', 'PolicyDocument') as { 'Fn::Join': [string, unknown[]] }[];
  const text = policy['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : Object.values(part as object).flat().join('.'))).join('');
  expect((JSON.parse(text) as { Statement: unknown[] }).Statement).toEqual([{
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: expect.stringMatching(/^ControlsDnsQueriesLogGroup\w+\.Arn$/) as unknown,
    Condition: { StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' }, ArnLike: { 'aws:SourceArn': `arn:aws:logs:${REGION}:${ACCOUNT}:*` } },
  }]);
});
