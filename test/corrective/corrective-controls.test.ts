import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ACCOUNT, REGION, settingsOf, Things } from './fixture';
import { CorrectiveAction, CorrectiveControls, CorrectiveControlsProps } from '../../src';
import { targetOf } from '../../src/handlers/corrective/event';

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const stacks = new Map<Template, Stack>();
function templateOf(props: (things: Things) => Partial<CorrectiveControlsProps> = () => ({})): Template {
  const things = new Things();
  things.controls(props(things));
  const template = Template.fromStack(things.stack);
  stacks.set(template, things.stack);
  return template;
}
const settings = (of: Template | Stack) => settingsOf(of instanceof Stack ? of : stacks.get(of)!);


function statementsOf(template: Template): Statement[] {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as { Properties: { Description?: string; PolicyDocument: { Statement: Statement[] } } }[];
  return policies.filter(({ Properties: { Description = '' } }) => Description.startsWith('Corrects')).flatMap(({ Properties: { PolicyDocument: { Statement: all } } }) => all);
}

const actionsIn = (template: Template) => statementsOf(template).flatMap(({ Action }) => Action);
const patterns = (template: Template) => Object.values(template.findResources('AWS::Events::Rule')).map((rule) => (rule as { Properties: { EventPattern: Record<string, unknown> } }).Properties.EventPattern);

describe('by default', () => {
  const template = templateOf();

  test('it is a dry run of what needs nothing to be compared with, of ten actions an hour', () => {
    expect(settings(template)).toMatchObject({
      actions: ['delete-endpoint', 'delete-inference-component', 'stop-notebook', 'delete-application'], enforced: [], allowList: [], maximumActionsPerHour: 10, guardrails: [], buckets: [], vpcs: [],
    });
  });

  test('the function may look, write its records and its log, and nothing else', () => {
    expect(actionsIn(template)).toEqual([
      'logs:CreateLogStream', 'logs:PutLogEvents', 's3:GetObject', 's3:PutObject', 's3:ListBucket', 'kms:Decrypt', 'kms:GenerateDataKey', 'sqs:SendMessage', 'events:PutEvents',
      'sagemaker:DescribeEndpoint', 'sagemaker:DescribeEndpointConfig', 'sagemaker:DescribeModel', 'sagemaker:DescribeInferenceComponent', 'sagemaker:DescribeNotebookInstance', 'sagemaker:DescribeApp',
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
    expect(settings(template)).toMatchObject({ actions: all, enforced: all, buckets: ['churn-data'], vpcs: ['vpc-1'] });
  });

  test('the function may act on what is watched', () => {
    expect(statementsOf(template).filter(({ Effect, Action }) => Effect === 'Allow' && /Stop|Delete|Put.*Block|Revoke/.test([Action].join())).map(({ Action, Resource, Condition }) => [Action, Resource, Condition])).toEqual([
      ...[
        ['training-job', 'DescribeTrainingJob', 'StopTrainingJob'], ['processing-job', 'DescribeProcessingJob', 'StopProcessingJob'], ['transform-job', 'DescribeTransformJob', 'StopTransformJob'],
        ['hyper-parameter-tuning-job', 'DescribeHyperParameterTuningJob', 'StopHyperParameterTuningJob'], ['automl-job', 'DescribeAutoMLJobV2', 'StopAutoMLJob'], ['endpoint', 'DeleteEndpoint', 'DescribeEndpoint'],
        ['inference-component', 'DeleteInferenceComponent', 'DescribeInferenceComponent'],
      ].map(([kind, ...actions]) => [actions.map((action) => `sagemaker:${action}`), `arn:aws:sagemaker:${REGION}:${ACCOUNT}:${kind}/*`, undefined]),
      [['sagemaker:DescribeNotebookInstance', 'sagemaker:StopNotebookInstance'], `arn:aws:sagemaker:${REGION}:${ACCOUNT}:notebook-instance/*`, undefined],
      [['sagemaker:DeleteApp', 'sagemaker:DescribeApp'], `arn:aws:sagemaker:${REGION}:${ACCOUNT}:app/*`, undefined],
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
    const { guardrails } = settings(template);
    expect(guardrails).toContainEqual({
      Sid: 'DenyForeignSubnets',
      Effect: 'Deny',
      Resource: '*',
      Action: ['sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateHyperParameterTuningJob', 'sagemaker:CreateAutoMLJobV2', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateModel', 'sagemaker:CreateNotebookInstance'],
      Condition: { 'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSubnets': ['subnet-1'] } },
    });
  });

  test('every event of its rules names something for the function', () => {
    const [states, calls, onBuckets] = patterns(template) as unknown as [{ 'detail-type': string[] }, { detail: { eventName: string[] } }, { detail: { eventName: string[] } }];
    const name = { TrainingJobName: 'a', ProcessingJobName: 'a', TransformJobName: 'a', HyperParameterTuningJobName: 'a', EndpointName: 'a', NotebookInstanceName: 'a' };
    for (const type of states['detail-type']) expect([type, targetOf({ 'detail-type': type, 'detail': name }, 'r')]).toEqual([type, expect.objectContaining({ kind: expect.any(String) as string })]);
    const requestParameters = { trainingJobName: 'a', processingJobName: 'a', transformJobName: 'a', hyperParameterTuningJobName: 'a', autoMLJobName: 'a', appName: 'a', inferenceComponentName: 'a', bucketName: 'a', groupId: 'sg-1' };
    for (const eventName of [...calls.detail.eventName, ...onBuckets.detail.eventName]) {
      expect([eventName, targetOf({ 'detail-type': 'AWS API Call via CloudTrail', 'detail': { eventName, requestParameters } }, 'r')]).toEqual([eventName, expect.objectContaining({ kind: expect.any(String) as string })]);
    }
  });

  test('rules hear of calls that succeeded, of the services that they are to', () => {
    expect(patterns(template)).toContainEqual(expect.objectContaining({
      'source': ['aws.sagemaker', 'aws.ec2'],
      'detail-type': ['AWS API Call via CloudTrail'],
      'detail': expect.objectContaining({ eventSource: ['sagemaker.amazonaws.com', 'ec2.amazonaws.com'], errorCode: [{ exists: false }] }) as object,
    }));
  });

  test('rules hear of the account and region alone, and of calls on buckets that are watched', () => {
    const heard = patterns(template).filter(({ source }) => !(source as string[]).includes('lambda'));
    expect(heard.map(({ account, region }) => [account, region])).toEqual(heard.map(() => [[ACCOUNT], [REGION]]));
    expect(heard).toContainEqual(expect.objectContaining({ source: ['aws.s3'], detail: expect.objectContaining({ requestParameters: { bucketName: ['churn-data'] } }) as object }));
  });
});

test('nobody but the function writes records: an exception of one\'s own would keep it from correcting', () => {
  templateOf().hasResourceProperties('AWS::S3::BucketPolicy', {
    PolicyDocument: {
      Statement: Match.arrayWith([{
        Sid: 'DenyWritingToOthers',
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: Match.anyValue(),
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('^ControlsRole'), 'Arn'] } } },
      }]),
    },
  });
});

describe('whose work it is', () => {
  test('the function may ask where an environment is given, and only then', () => {
    const asking = ['sagemaker:DescribeModel', 'sagemaker:DescribeDomain', 'sagemaker:DescribeUserProfile', 'sagemaker:DescribeSpace'];
    const correctiveActions = [CorrectiveAction.STOP_JOB, CorrectiveAction.DELETE_APPLICATION];
    expect(actionsIn(templateOf(({ everything }) => ({ ...everything, correctiveActions }))).filter((action) => asking.includes(action))).toEqual([]);
    const template = templateOf(({ everything, environment }) => ({ ...everything, correctiveActions, environment: environment('churn') }));
    expect(actionsIn(template).filter((action) => asking.includes(action)).sort()).toEqual([...asking].sort());
  });

  test('is known by the names of roles of environments, in their paths', () => {
    const partition = 'aws', rolePath = '/teams/';
    const template = templateOf(({ environment }) => (
      { environment: environment('churn', { partition }), otherEnvironments: [environment('fraud', { partition, rolePath })] }
    ));
    expect(settings(template).work).toEqual({
      own: [`arn:aws:iam::${ACCOUNT}:role/churn--*-${REGION}`],
      others: [`arn:aws:iam::${ACCOUNT}:role/fraud--*-${REGION}`, `arn:aws:iam::${ACCOUNT}:role/teams/fraud--*-${REGION}`],
    });
  });

  test('is everybody\'s otherwise', () => {
    expect(settings(templateOf()).work).toBeUndefined();
  });
});

test('path and permissions boundary of a company are those of the role and its policies', () => {
  const template = templateOf(({ stack }) => ({
    roleOptions: { path: '/company/', permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary') },
  }));
  template.hasResourceProperties('AWS::IAM::Role', { Path: '/company/', PermissionsBoundary: `arn:aws:iam::${ACCOUNT}:policy/boundary` });
  template.allResourcesProperties('AWS::IAM::ManagedPolicy', { Path: '/company/' });
});

describe('of many buckets and VPCs', () => {
  const many = (count: number) => templateOf(({ stack, guardrails }) => ({
    guardrailStatements: guardrails,
    buckets: Array.from({ length: count }, (_, index) => Bucket.fromBucketName(stack, `Bucket${index}`, `company-landing-zone-of-the-data-science-team-of-region-${index}`)),
    vpcs: Array.from({ length: count }, (_, index) => Vpc.fromVpcAttributes(stack, `Vpc${index}`, { vpcId: `vpc-0123456789abcdef${index}`, availabilityZones: ['eu-west-1a'] })),
    enforcedActions: Object.values(CorrectiveAction),
  }));

  test('every one is in a policy and a rule that AWS takes', () => {
    const template = many(150);
    const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as { Properties: { PolicyDocument: object } }[];
    expect(policies.map(({ Properties: { PolicyDocument } }) => JSON.stringify(PolicyDocument).length).filter((size) => size > 6144)).toEqual([]);
    expect(patterns(template).map((pattern) => JSON.stringify(pattern).length).filter((size) => size > 4096)).toEqual([]);
    type OnBuckets = { detail?: { requestParameters?: { bucketName: string[] } } };
    const names = patterns(template).flatMap((pattern) => (pattern as OnBuckets).detail?.requestParameters?.bucketName ?? []);
    expect(names).toHaveLength(150);
    const closing = statementsOf(template).filter(({ Action }) => [Action].flat().includes('s3:PutBucketPublicAccessBlock'));
    expect(new Set(closing.flatMap(({ Resource }) => Resource)).size).toBe(150);
  });

  test('more than a role can have are refused', () => {
    expect(() => many(700)).toThrow(/policies of the function must be at most 10, as many as IAM attaches to a role, got \d+\. Use patterns in allowList, or give buckets and vpcs to several CorrectiveControls/);
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
  ['arn:aws:sagemaker:*:*:inference-component/demo', ['sagemaker:DeleteInferenceComponent']],
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
  expect(settings(stack)).toMatchObject({ region: 'AWS::Region', account: 'AWS::AccountId', partition: 'AWS::Partition' });
});
