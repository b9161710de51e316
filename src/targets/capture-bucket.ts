import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { TargetPerimeter } from '../perimeter/target-perimeter';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { checkKey } from '../private/key-rules';
import { encryptedBy, LOCKED } from '../private/locked-bucket';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { CAPTURE } from './private/acknowledgements';

/** Properties of a data capture bucket. */
export interface CaptureBucketProps {
  /** The data perimeter, which writes the bucket policy. */
  readonly perimeter: TargetPerimeter;

  /** KMS key that encrypts the objects. */
  readonly encryptionKey: IKey;

  /**
   * Time until captured data expires, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly expiration?: Duration;

  /**
   * Removal policy of the bucket.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`, and requires a bucket that is empty by then.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * Bucket of the requests and responses that endpoints of a target capture.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture.html
 */
export class CaptureBucket extends Construct {
  /** The bucket. */
  public readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: CaptureBucketProps) {
    super(scope, id);
    acknowledge(this, CAPTURE);
    const expiration = props.expiration ?? Duration.days(90);
    checkKey(new InputCheck(this), 'encryptionKey', props.encryptionKey).daysBetween('captureExpiration', expiration, 1).throwIfInvalid();
    this.bucket = new Bucket(this, 'Resource', {
      ...LOCKED,
      ...encryptedBy(props.encryptionKey),
      lifecycleRules: [{
        expiration,
        noncurrentVersionExpiration: Duration.days(30),
        abortIncompleteMultipartUploadAfter: Duration.days(7),
      }],
      removalPolicy: removalOf(this, props.removalPolicy),
    });
    keepWithoutFlag(this.bucket);
    props.perimeter.applyToCaptureBucket(this.bucket);
  }
}
