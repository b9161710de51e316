import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, Things } from './fixture';
import { EnvironmentRole, SpendingLimit } from '../../src';
import { wrongConditions } from '../access/statement-conditions';

interface Statement { readonly Effect: string; readonly Action: string | string[]; readonly Resource: unknown; readonly Condition?: object }
interface Policy { readonly Properties: { readonly Path?: string; readonly PolicyDocument: { readonly Statement: Statement[] } } }

const listOf = <T>(one: T | T[]): T[] => Array.isArray(one) ? one : [one];

function policiesOf(template: Template): Policy[] {
  return Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as Policy[];
}

/** What the function may do, by its log. */
function ofFunction(template: Template): Statement[] {
  return policiesOf(template).map(({ Properties: { PolicyDocument } }) => PolicyDocument.Statement).find((all) => all.some(({ Action }) => listOf(Action).includes('logs:PutLogEvents')))!;
}

describe('by default', () => {
  const things = new Things();
  const before = JSON.stringify(Template.fromStack(things.team).toJSON()).length;
  const later = new Things();
  later.controls();
  const template = Template.fromStack(later.stack);

  test('one invocation at a time meters every five minutes, and is not tried again', () => {
    template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(5 minutes)', Targets: [Match.objectLike({ RetryPolicy: { MaximumRetryAttempts: 0 } })] });
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 1 });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 });
  });

  test('a meter that is silent for a quarter of an hour is an alarm', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { Period: 900, TreatMissingData: 'breaching', Threshold: 1, ComparisonOperator: 'LessThanThreshold', AlarmActions: [`arn:aws:sns:eu-west-1:${ACCOUNT}:finance`] });
    template.hasResourceProperties('AWS::Logs::MetricFilter', { FilterPattern: '"Spending is metered"', MetricTransformations: [Match.objectLike({ MetricValue: '1' })] });
  });

  test('ledgers are versioned, encrypted, and kept', () => {
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: { VersioningConfiguration: { Status: 'Enabled' }, BucketEncryption: { ServerSideEncryptionConfiguration: [Match.objectLike({ ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } })] } },
    });
  });

  test('nothing is stopped, and the function may stop nothing', () => {
    expect(ofFunction(template).flatMap(({ Action }) => Action).filter((action) => /^sagemaker:(Stop|Delete|Create|Update|Start)/.test(action))).toEqual([]);
  });

  test('the template of the environment grows by exports alone', () => {
    expect(JSON.stringify(Template.fromStack(later.team).toJSON()).length - before).toBeLessThan(4000);
  });

  test('actions of the function exist, and send every key that its conditions name', async () => {
    const document = { Version: '2012-10-17', Statement: ofFunction(template) };
    expect(await wrongConditions([{ name: 'spending', kind: 'identity', document: document as never }])).toEqual([]);
  });

  test('the function sets the tags that deny, on roles that start work, and no other', () => {
    const tagging = ofFunction(template).filter(({ Action }) => listOf(Action).some((action) => /^iam:.*[Tt]ag/.test(action)));
    expect(tagging.flatMap(({ Action }) => Action).sort()).toEqual(['iam:ListRoleTags', 'iam:TagRole', 'iam:UntagRole']);
    const { Condition, Resource } = tagging.find(({ Action }) => listOf(Action).includes('iam:TagRole'))!;
    expect(Condition).toEqual({
      'ForAllValues:StringEquals': {
        'aws:TagKeys': ['SpendingDenied', 'SpendingDeniedPersons1', 'SpendingDeniedPersons2', 'SpendingDeniedProjects1', 'SpendingDeniedProjects2'],
      },
      'Null': { 'aws:TagKeys': 'false' },
    });
    expect(listOf(Resource)).toHaveLength(4);
  });

  test('no other action of the function is on identities', () => {
    expect(ofFunction(template).flatMap(({ Action }) => Action).filter((action) => /^(iam|sts|organizations):/.test(action))).toHaveLength(3);
  });
});

test('jobs and applications are stopped by choice, with permissions for what is chosen', () => {
  const things = new Things();
  things.controls({ stopJobs: true, stopApplications: true });
  expect(ofFunction(Template.fromStack(things.stack)).flatMap(({ Action }) => Action).filter((action) => /^sagemaker:(Stop|Delete|Create|Update|Start)/.test(action)).sort()).toEqual([
    'sagemaker:DeleteApp', 'sagemaker:StopAutoMLJob', 'sagemaker:StopHyperParameterTuningJob', 'sagemaker:StopNotebookInstance', 'sagemaker:StopProcessingJob', 'sagemaker:StopTrainingJob', 'sagemaker:StopTransformJob',
  ]);
});

test('the role and the policies are made as the environment\'s own are', () => {
  const things = new Things({ roleOptions: { path: '/company/', permissionsBoundary: ManagedPolicy.fromManagedPolicyName(new Stack(), 'Boundary', 'boundary') } });
  things.controls();
  const template = Template.fromStack(things.stack);
  template.hasResourceProperties('AWS::IAM::Role', { Path: '/company/', PermissionsBoundary: Match.anyValue() });
  expect(policiesOf(template).map(({ Properties: { Path } }) => Path)).toEqual(['/company/', '/company/', '/company/']);
});

test('the owner of a role that exists is told what denies it new work', () => {
  const roleArn = `arn:aws:iam::${ACCOUNT}:role/existing`;
  const things = new Things({ roleOptions: { exceptions: [{ role: EnvironmentRole.STUDIO_EXECUTION, existingRole: Role.fromRoleArn(new Stack(), 'Role', roleArn) }] } });
  things.controls();
  const required = JSON.stringify(things.team.resolve(things.environment.requiredPolicies(EnvironmentRole.STUDIO_EXECUTION)));
  expect(required).toContain('DenyNewWorkAtSpendingLimit');
  const tagging = ofFunction(Template.fromStack(things.stack)).find(({ Action }) => listOf(Action).includes('iam:TagRole'))!;
  expect(tagging.Resource).toContain(roleArn);
});

test('without denial no role is touched', () => {
  const things = new Things();
  things.controls({ denyNewWork: false, interval: Duration.minutes(1), limit: SpendingLimit.usdPerDay(5), idleFindings: false });
  const template = Template.fromStack(things.stack);
  expect(policiesOf(template)).toHaveLength(1);
  expect(JSON.stringify(ofFunction(template))).not.toContain('iam:');
  template.hasResourceProperties('AWS::Events::Rule', { ScheduleExpression: 'rate(1 minute)' });
});
