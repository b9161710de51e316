import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ACCESS_LOGS } from './acknowledgements';
import { TargetPerimeter } from '../../perimeter/target-perimeter';
import { acknowledge } from '../../private/acknowledgements';
import { LOCKED } from '../../private/locked-bucket';
import { keepWithoutFlag } from '../../private/removal';

/** What access logs of a target are about. */
export interface TargetAccessLogsProps {
  /** Writes the policy. */
  readonly perimeter: TargetPerimeter;
  /** What becomes of the logs when they leave the stack. */
  readonly removalPolicy: RemovalPolicy;
}

/** Server access logs of a target's other buckets. */
export class TargetAccessLogs extends Construct {
  public readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { perimeter, removalPolicy }: TargetAccessLogsProps) {
    super(scope, id);
    acknowledge(this, ACCESS_LOGS);
    this.bucket = new Bucket(this, 'Bucket', {
      ...LOCKED,
      encryption: BucketEncryption.S3_MANAGED, // log delivery to a bucket with a customer-managed key is not supported everywhere
      lifecycleRules: [{
        expiration: Duration.days(365),
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      }],
      removalPolicy,
    });
    keepWithoutFlag(this.bucket);
    perimeter.applyToAccessLogsBucket(this.bucket);
  }

  /** Has S3 log requests on a bucket. Not by the L2's property, which would write into the log bucket's policy. */
  public keepOf(bucket: Bucket, prefix: string): void {
    (bucket.node.defaultChild as CfnBucket).loggingConfiguration = { destinationBucketName: this.bucket.bucketName, logFilePrefix: prefix };
  }
}
