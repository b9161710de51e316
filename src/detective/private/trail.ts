import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { ManagedPolicy, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { usedByTrail } from './key-statements';
import { selectorsOf } from './trail-selectors';
import { EnvironmentRoleOptions } from '../../names';
import { arnIn } from '../../private/arn';
import { bucketOfNotes } from '../../private/locked-bucket';
import { keepWithoutFlag } from '../../private/removal';
import { settingsOfRole } from '../../private/role-settings';
import { ServiceRole } from '../../private/service-role';
import { uniqueName } from '../../private/unique-name';
import { principalOf } from '../../roles/service-trust';
import { DetectiveTrailOptions } from '../detective-trail-options';

/** What a trail needs to know. */
interface TrailProps extends DetectiveTrailOptions {
  readonly encryptionKey: IKey;
  readonly bucketArns: string[];
  readonly roleOptions?: EnvironmentRoleOptions;
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A trail of all regions: IAM, of which keys and policies are changed, is recorded in one region only.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export class Trail extends Construct {
  public readonly trailArn: string;
  public readonly bucket: IBucket;
  public readonly logGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: TrailProps) {
    super(scope, id);
    const trailName = uniqueName(this, 128);
    this.trailArn = arnIn(this, 'cloudtrail', `trail/${trailName}`);
    for (const statement of usedByTrail(this, this.trailArn)) props.encryptionKey.addToResourcePolicy(statement);
    this.bucket = props.bucket ?? this.makeBucket(props);
    for (const statement of this.writing()) this.bucket.addToResourcePolicy(statement);
    const logGroup = this.logGroup = this.makeLogGroup(props);
    const role = this.makeRole(props);
    const resource = new CfnTrail(this, 'Resource', {
      trailName,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      s3BucketName: this.bucket.bucketName,
      kmsKeyId: props.encryptionKey.keyArn,
      cloudWatchLogsLogGroupArn: logGroup.logGroupArn,
      cloudWatchLogsRoleArn: role.role.roleArn,
      advancedEventSelectors: selectorsOf(this, props.bucketArns, props.sagemakerDataEvents),
    });
    // CloudTrail tries to write as the trail is made.
    resource.node.addDependency(this.allowDelivery(role));
    if (this.bucket.policy) resource.node.addDependency(this.bucket.policy);
  }

  private makeBucket({ encryptionKey, objectLock, removalPolicy }: TrailProps): Bucket {
    // Whoever reads log files is of this account; who writes them is CloudTrail.
    return bucketOfNotes(this, 'Bucket', encryptionKey, 'OfThisAccount', { objectLockDefaultRetention: objectLock, removalPolicy });
  }

  /** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html */
  private writing(): PolicyStatement[] {
    const principals = [new ServicePrincipal('cloudtrail.amazonaws.com')], forTrail = { 'aws:SourceArn': this.trailArn };
    return [
      new PolicyStatement({ sid: 'LookAtAcl', principals, actions: ['s3:GetBucketAcl'], resources: [this.bucket.bucketArn], conditions: { StringEquals: forTrail } }),
      new PolicyStatement({
        sid: 'WriteLogFiles',
        principals,
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(`AWSLogs/${Stack.of(this).account}/*`)],
        conditions: { StringEquals: { ...forTrail, 's3:x-amz-acl': 'bucket-owner-full-control' } },
      }),
    ];
  }

  private makeLogGroup({ encryptionKey, retention = RetentionDays.ONE_YEAR, removalPolicy }: TrailProps): LogGroup {
    const logGroup = new LogGroup(this, 'LogGroup', { encryptionKey, retention, removalPolicy });
    keepWithoutFlag(logGroup);
    return logGroup;
  }

  /** @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html */
  private makeRole({ roleOptions }: TrailProps): ServiceRole {
    const role = new ServiceRole(this, {
      ...settingsOfRole(roleOptions, ''),
      description: 'Delivers events of CloudTrail to their log group',
      // No page of AWS says that CloudTrail tells for which trail it becomes the role.
      assumedBy: principalOf(this, { service: 'cloudtrail', source: 'trail/*', mayLeaveOut: true }),
    });
    return role;
  }

  /** The role is always one of ours, so that it gets a policy. */
  private allowDelivery(role: ServiceRole): ManagedPolicy {
    const writing = new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [this.logGroup.logGroupArn] });
    return role.allow(role.role, 'Delivery', [writing])!;
  }
}
