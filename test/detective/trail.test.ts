import { Duration } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { controls, stackOf } from './fixture';
import { DataScienceEnvironment, DetectiveControls } from '../../src';

const { template } = controls();
const [{ Properties }] = Object.values(template.findResources('AWS::CloudTrail::Trail')) as { Properties: { TrailName: string } }[];
const TRAIL_ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:cloudtrail:eu-west-1:111111111111:trail/${Properties.TrailName}`]] };

interface Selector {
  readonly FieldSelectors: { readonly Field: string; readonly Equals?: string[]; readonly StartsWith?: unknown[] }[];
}

/** What the trail records, in a few words each. */
function recorded(of: Template): string[] {
  const [trail] = Object.values(of.findResources('AWS::CloudTrail::Trail'));
  const { AdvancedEventSelectors: selectors } = (trail as { Properties: { AdvancedEventSelectors: Selector[] } }).Properties;
  return selectors.map(({ FieldSelectors }) => FieldSelectors.flatMap(({ Equals = [] }) => Equals).join(' '));
}

describe('the trail', () => {
  test('records all regions, validated and encrypted', () => {
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      IsLogging: true, IsMultiRegionTrail: true, IncludeGlobalServiceEvents: true, EnableLogFileValidation: true, KMSKeyId: Match.anyValue(),
    });
  });

  test('records management, objects, SageMaker\'s data events, and what private endpoints denied', () => {
    expect(recorded(template)).toEqual([
      'Management',
      'Data AWS::S3::Object',
      'Data AWS::SageMaker::Endpoint',
      'Data AWS::SageMaker::FeatureGroup',
      'Data AWS::SageMaker::ExperimentTrialComponent',
      'Data AWS::SageMaker::MlflowTrackingServer',
      'NetworkActivity kms.amazonaws.com VpceAccessDenied',
      'NetworkActivity s3.amazonaws.com VpceAccessDenied',
      'NetworkActivity sagemaker.amazonaws.com VpceAccessDenied',
    ]);
  });

  test('records no data events of SageMaker where they would be too many', () => {
    expect(recorded(controls({ trail: { sagemakerDataEvents: false } }).template).filter((one) => one.includes('AWS::'))).toEqual(['Data AWS::S3::Object']);
  });

  test('asks in China for no events of endpoints that CloudTrail does not have there', () => {
    expect(recorded(controls({}, stackOf('cn-north-1')).template).filter((one) => one.startsWith('NetworkActivity'))).toEqual([
      'NetworkActivity kms.amazonaws.com VpceAccessDenied',
    ]);
  });

  test('records objects of every bucket of an environment of the same app', () => {
    const stack = stackOf();
    const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', mlflow: {}, featureStore: true });
    new DetectiveControls(stack, 'Controls', { environment });
    const { dataBucket, modelsBucket, releasesBucket, reportsBucket, mlflowBucket, offlineStore } = environment.storage;
    const expected = [dataBucket, modelsBucket, releasesBucket, reportsBucket, mlflowBucket!, offlineStore!].map((bucket) => bucket.arnForObjects(''));
    Template.fromStack(stack).hasResourceProperties('AWS::CloudTrail::Trail', {
      AdvancedEventSelectors: Match.arrayWith([Match.objectLike({
        FieldSelectors: Match.arrayWith([{ Field: 'resources.ARN', StartsWith: stack.resolve(expected) as object }]),
      })]),
    });
  });

  test('records objects of the releases of an environment of another app', () => {
    template.hasResourceProperties('AWS::CloudTrail::Trail', {
      AdvancedEventSelectors: Match.arrayWith([Match.objectLike({
        FieldSelectors: Match.arrayWith([{ Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::churn--releases-111111111111-eu-west-1/'] }]),
      })]),
    });
  });
});

describe('the bucket of log files', () => {
  test('is written to by this trail alone', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'WriteLogFiles',
            Effect: 'Allow',
            Action: 's3:PutObject',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN, 's3:x-amz-acl': 'bucket-owner-full-control' } },
          }),
        ]),
      },
    });
  });

  test('is nobody\'s of another account', () => {
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Sid: 'OfThisAccount',
          Effect: 'Deny',
          Action: 's3:*',
          Condition: { StringNotEqualsIfExists: { 'aws:PrincipalAccount': '111111111111' }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
        })]),
      },
    });
  });

  test('stays, with its policy and its key', () => {
    const types = ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key', 'AWS::Logs::LogGroup'];
    for (const type of types) template.hasResource(type, { DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
  });

  test('is locked where that is asked for', () => {
    const locked = controls({ trail: { objectLock: ObjectLockRetention.compliance(Duration.days(365)) } }).template;
    locked.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true, ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 365 } } },
    });
  });

  test('can be one that exists already', () => {
    const stack = stackOf();
    const given = controls({ trail: { bucket: Bucket.fromBucketName(stack, 'Logs', 'company-logs') } }, stack).template;
    given.resourceCountIs('AWS::S3::Bucket', 0);
    given.hasResourceProperties('AWS::CloudTrail::Trail', { S3BucketName: 'company-logs' });
  });
});

describe('the key', () => {
  test('encrypts log files of this trail alone', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: 'EncryptLogFiles',
            Action: 'kms:GenerateDataKey*',
            Principal: { Service: 'cloudtrail.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceArn': TRAIL_ARN },
              StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudtrail:*:111111111111:trail/*']] } },
            },
          }),
          Match.objectLike({ Sid: 'DecryptForTrail', Action: 'kms:Decrypt', Principal: { Service: 'cloudtrail.amazonaws.com' }, Condition: { StringEqualsIfExists: { 'aws:SourceArn': TRAIL_ARN } } }), // for the bucket's S3 Bucket Key
          Match.objectLike({ Sid: 'DescribeForTrail', Action: 'kms:DescribeKey', Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN } } }),
        ]),
      },
    });
  });
});

describe('a trail that exists already', () => {
  const stack = stackOf();
  const logGroup = LogGroup.fromLogGroupName(stack, 'Logs', 'organization-trail');
  const given = controls({ trail: { existingLogGroup: logGroup } }, stack);

  test('is not made again', () => {
    for (const type of ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket', 'AWS::IAM::Role', 'AWS::Logs::LogGroup']) given.template.resourceCountIs(type, 0);
    expect(given.made.trailBucket).toBeUndefined();
  });

  test('is what alarms read', () => {
    given.template.allResourcesProperties('AWS::Logs::MetricFilter', { LogGroupName: 'organization-trail' });
  });
});
