import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ACCOUNT, REGION, Things } from './fixture';
import { CorrectiveAction, CorrectiveControls, CorrectiveControlsProps } from '../../src';
import { targetOf } from '../../src/handlers/corrective/event';
import { Settings } from '../../src/handlers/corrective/settings';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

function templateOf(props: (things: Things) => Partial<CorrectiveControlsProps> = () => ({})): Template {
  const things = new Things();
  things.controls(props(things));
  return Template.fromStack(things.stack);
}

/** What the function is told, where references are written by their names. */
function settingsOf(template: Template): Settings {
  const [{ Properties: { Code: { ZipFile } } }] = Object.values(template.findResources('AWS::Lambda::Function')) as { Properties: { Code: { ZipFile: { 'Fn::Join': [string, unknown[]] } } } }[];
  const text = ZipFile['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : Object.values(part as object).flat().join('.'))).join('');
  return JSON.parse(/^globalThis\.CORRECTIVE_SETTINGS=(.*);\n/.exec(text)![1]) as Settings;
}

function statementsOf(template: Template): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as { Properties: { Description?: string; PolicyDocument: { Statement: Statement[] } } }[];
  return policies.filter(({ Properties: { Description = '' } }) => Description.startsWith('Corrects')).flatMap(({ Properties: { PolicyDocument: { Statement: all } } }) => all);
}

const actionsIn = (template: Template) => statementsOf(template).flatMap(({ Action }) => Action);
const patterns = (template: Template) => Object.values(template.findResources('AWS::Events::Rule')).map((rule) => (rule as { Properties: { EventPattern: Record<string, unknown> } }).Properties.EventPattern);

describe('by default', () => {
  const template = templateOf();

  test('it is a dry run of what needs nothing to be compared with, of ten actions an hour', () => {
    expect(settingsOf(template)).toMatchObject({
      actions: ['delete-endpoint', 'stop-notebook', 'delete-application'], enforced: [], allowList: [], maximumActionsPerHour: 10, guardrails: [], buckets: [], vpcs: [],
    });
  });

  test('the function may look, write its records and its log, and nothing else', () => {
    expect(actionsIn(template)).toEqual([
      'logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:PutObject', 's3:ListBucket', 'kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage', 'events:PutEvents',
      'sagemaker:DescribeEndpoint', 'sagemaker:DescribeEndpointConfig', 'sagemaker:DescribeModel', 'sagemaker:DescribeNotebookInstance', 'sagemaker:DescribeApp',
    ]);
  });

  test('it holds back: five at a time, two retries, and what it fails at is kept', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 5 });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600, DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('Undelivered'), 'Arn'] } } },
    });
  });

  test('what is not delivered raises an alarm, which the topic hears of', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: 'Corrective controls have not handled an event', AlarmActions: [`arn:aws:sns:${REGION}:${ACCOUNT}:security`], Threshold: 0,
    });
  });

  test('records are versioned and kept, and nobody comes near them but principals of this account, not even a request that says no account', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: Match.objectLike({ SSEAlgorithm: 'aws:kms' }) })] },
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'DenyOtherAccounts', Effect: 'Deny', Condition: { StringNotEqualsIfExists: { 'aws:PrincipalAccount': ACCOUNT }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } })]) },
    });
  });

  test('people are told of what the function says that they should be told of', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      Description: 'Decisions of corrective controls',
      EventPattern: Match.objectLike({ 'source': ['lambda'], 'detail-type': ['Lambda Function Invocation Result - Success'], 'detail': { responsePayload: { tell: [true] } } }),
      Targets: [Match.objectLike({ Arn: `arn:aws:sns:${REGION}:${ACCOUNT}:security`, InputPath: '$.detail.responsePayload.message' })],
    });
  });
});

describe('with everything, enforced', () => {
  const all = Object.values(CorrectiveAction);
  const template = templateOf(({ everything }) => ({ ...everything, enforcedActions: all, allowList: ['arn:aws:sagemaker:*:*:endpoint/demo-*'] }));

  test('every action is looked for and taken', () => {
    expect(settingsOf(template)).toMatchObject({ actions: all, enforced: all, buckets: ['churn-data'], vpcs: ['vpc-1'] });
  });

  test('the function may act on what is watched', () => {
    expect(statementsOf(template).filter(({ Effect, Action }) => Effect === 'Allow' && /Stop|Delete|Put.*Block|Revoke/.test([Action].join())).map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
      ...[
        ['training-job', 'DescribeTrainingJob', 'StopTrainingJob'], ['processing-job', 'DescribeProcessingJob', 'StopProcessingJob'], ['transform-job', 'DescribeTransformJob', 'StopTransformJob'],
        ['hyper-parameter-tuning-job', 'DescribeHyperParameterTuningJob', 'StopHyperParameterTuningJob'], ['automl-job', 'DescribeAutoMLJobV2', 'StopAutoMLJob'], ['endpoint', 'DescribeEndpoint', 'DeleteEndpoint'],
      ].map(([kind, ...actions]) => [actions.map((action) => `sagemaker:${action}`), `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${kind}/*`, undefined]),
      [['sagemaker:DescribeNotebookInstance', 'sagemaker:StopNotebookInstance'], `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/*`, undefined],
      [['sagemaker:DescribeApp', 'sagemaker:DeleteApp'], `arn:aws:sagemaker:${REGION}:${ACCOUNT}:app/*`, undefined],
      [['s3:GetBucketPublicAccessBlock', 's3:PutBucketPublicAccessBlock'], 'arn:aws:s3:::churn-data', undefined],
      ['ec2:RevokeSecurityGroupIngress', `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/*`, { ArnEquals: { 'ec2:Vpc': [`arn:aws:ec2:${REGION}:${ACCOUNT}:vpc/vpc-1`] } }],
    ]);
  });

  test('it opens and makes nothing: what it takes back, people put back', () => {
    expect(actionsIn(template).filter((action) => /Create(?!LogStream)|Start|Authorize|PutBucketPolicy|\*/.test(action))).toEqual([]);
  });

  test('it cannot touch what the allow-list has', () => {
    expect(statementsOf(template).filter(({ Effect }) => Effect === 'Deny')).toEqual([
      { Effect: 'Deny', Action: 'sagemaker:DeleteEndpoint', Resource: 'arn:aws:sagemaker:*:*:endpoint/demo-*' },
    ]);
  });

  test('guardrails arrive as they are, but for actions whose results are not seen', () => {
    const { guardrails } = settingsOf(template);
    expect(guardrails).toContainEqual({
      Sid: 'DenyForeignSubnets',
      Effect: 'Deny',
      Resource: '*',
      Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateAutoMLJobV2', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateModel', 'sagemaker:CreateNotebookInstance'],
      Condition: { 'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSubnets': ['subnet-1'] } },
    });
  });

  test('every event of its rules names something for the function', () => {
    const [states, calls] = patterns(template) as unknown as [{ 'detail-type': string[] }, { detail: { eventName: string[] } }];
    const name = { TrainingJobName: 'a', ProcessingJobName: 'a', TransformJobName: 'a', HyperParameterTuningJobName: 'a', EndpointName: 'a', NotebookInstanceName: 'a' };
    for (const type of states['detail-type']) expect([type, targetOf({ 'detail-type': type, 'detail': name }, 'r')]).toEqual([type, expect.objectContaining({ kind: expect.any(String) as string })]);
    const requestParameters = { trainingJobName: 'a', processingJobName: 'a', transformJobName: 'a', hyperParameterTuningJobName: 'a', autoMLJobName: 'a', appName: 'a', bucketName: 'a', groupId: 'sg-1' };
    for (const eventName of calls.detail.eventName) {
      expect([eventName, targetOf({ 'detail-type': 'AWS API Call via CloudTrail', 'detail': { eventName, requestParameters } }, 'r')]).toEqual([eventName, expect.objectContaining({ kind: expect.any(String) as string })]);
    }
  });

  test('rules hear of calls that succeeded, of the services that they are to', () => {
    expect(patterns(template)).toContainEqual(expect.objectContaining({
      'source': ['aws.sagemaker', 'aws.s3', 'aws.ec2'],
      'detail-type': ['AWS API Call via CloudTrail'],
      'detail': expect.objectContaining({ eventSource: ['sagemaker.amazonaws.com', 's3.amazonaws.com', 'ec2.amazonaws.com'], errorCode: [{ exists: false }] }) as object,
    }));
  });
});

test('an allow-list of a hundred entries is denied whole, in policies that IAM takes', () => {
  const allowList = Array.from({ length: 100 }, (_, number) => `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/course-of-the-data-science-team-${number}`);
  const template = templateOf(() => ({ allowList }));
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as { Properties: { PolicyDocument: object; Roles: unknown[] } }[];
  expect(policies.map(({ Properties: { PolicyDocument } }) => JSON.stringify(PolicyDocument).length).filter((size) => size > 6144)).toEqual([]);
  expect(statementsOf(template).filter(({ Effect }) => Effect === 'Deny').flatMap(({ Resource }) => Resource).sort()).toEqual([...allowList].sort());
});

test.each([
  ['arn:aws:sagemaker:*:*:endpoint/demo-*', ['sagemaker:DeleteEndpoint']],
  ['arn:aws:sagemaker:*:*:training-job/demo', ['sagemaker:StopTrainingJob']],
  ['arn:aws:sagemaker:*:*:automl-job/demo', ['sagemaker:StopAutoMLJob']],
  ['arn:aws:s3:::website', ['s3:PutBucketPublicAccessBlock']],
  ['arn:aws:ec2:*:*:security-group/sg-1', ['ec2:RevokeSecurityGroupIngress']],
])('what an allow-list has is denied what acts on it, and nothing that does not take it: %s', (arn, actions) => {
  const denied = statementsOf(templateOf(() => ({ allowList: [arn] }))).filter(({ Effect }) => Effect === 'Deny');
  expect(denied.map(({ Action }) => [Action].flat())).toEqual([actions]);
});

describe('a topic of the app', () => {
  const things = new Things();
  const masterKey = new Key(things.stack, 'TopicKey');
  things.controls({ topic: new Topic(things.stack, 'Security', { masterKey }) });
  const template = Template.fromStack(things.stack);

  test('takes messages of alarms, which the policy that an event rule needs would end', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Sid: 'AlarmsOfThisAccount',
          Effect: 'Allow',
          Action: 'sns:Publish',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*` }, StringEquals: { 'aws:SourceAccount': ACCOUNT } },
        })]),
      },
    });
  });

  test('has a key that lets alarms and event rules encrypt messages', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([Match.objectLike({
          Sid: 'PublishEncrypted',
          Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com'] },
        })]),
      },
    });
  });
});

test('the key may be of another stack, whose policy lets policies of the account decide', () => {
  const { stack, topic } = new Things();
  const keys = new Stack(stack.node.root, 'Keys', { env: { account: ACCOUNT, region: REGION } });
  new CorrectiveControls(stack, 'Controls', { topic, encryptionKey: new Key(keys, 'Key') });
  Template.fromStack(keys).hasResourceProperties('AWS::KMS::Key', {
    KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'UsedByCloudWatchLogs' }), Match.objectLike({ Sid: 'UsedByEventBridge' })]) },
  });
  expect(actionsIn(Template.fromStack(stack))).toContain('kms:GenerateDataKey');
});

test('an action that is not enforced may not be taken', () => {
  const template = templateOf(({ everything }) => ({ ...everything, enforcedActions: [CorrectiveAction.STOP_NOTEBOOK] }));
  expect(actionsIn(template).filter((action) => /Stop|Delete|PutBucket|Revoke/.test(action))).toEqual(['sagemaker:StopNotebookInstance']);
});

test('only what is asked for is looked at', () => {
  const template = templateOf(({ everything }) => ({ ...everything, correctiveActions: [CorrectiveAction.BLOCK_PUBLIC_ACCESS] }));
  expect(patterns(template)).toHaveLength(2); // one of them tells people
  expect(actionsIn(template).filter((action) => action.startsWith('sagemaker'))).toEqual([]);
});

test('somebody may take decisions back', () => {
  const { stack, topic } = new Things();
  const controls = new CorrectiveControls(stack, 'Controls', { topic });
  controls.grantUndo(Role.fromRoleArn(stack, 'Responder', `arn:aws:iam::${ACCOUNT}:role/responder`));
  Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
    Roles: ['responder'], PolicyDocument: { Statement: [Match.objectLike({ Action: 'lambda:InvokeFunction', Effect: 'Allow' })] },
  });
});

test('settings fit where account and region are known to the deployment alone', () => {
  const stack = new Stack();
  new CorrectiveControls(stack, 'Controls', { topic: new Things().topic });
  expect(settingsOf(Template.fromStack(stack))).toMatchObject({ region: 'AWS::Region', account: 'AWS::AccountId', partition: 'AWS::Partition' });
});
