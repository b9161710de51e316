import { CfnDeletionPolicy, CustomResource, Duration, Lazy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../../names';
import { InlineHandler } from '../../private/inline-handler';
import { BUCKET_EMPTYING as CARD } from '../../roles/bucket-emptying';

/** Tag by which a bucket says that it is destroyed with its stack. Without it the handler leaves a bucket as it is. */
export const DESTROYED_TAG = 'cdk-secure-mlops:destroy-data';

export interface BucketEmptyingProps {
  readonly names: EnvironmentNames;
  readonly logsKey?: IKey;
}

/** Empties buckets right before they are destroyed by choice. See adr/001-emptying-buckets.md. */
export class BucketEmptying extends Construct {
  private readonly handler: InlineHandler;

  constructor(scope: Construct, id: string, props: BucketEmptyingProps) {
    super(scope, id);
    this.handler = new InlineHandler(this, 'Handler', {
      handler: 'bucket-emptying',
      description: CARD.description,
      timeout: Duration.minutes(15),
      role: props.names._roleSettings(CARD.role),
      logsKey: props.logsKey,
      statements: [],
    });
  }

  /**
   * The resource depends on the bucket and its policy, and so is deleted before them. Each bucket brings its permission
   * along: in one policy, buckets that are emptied at different times would wait for each other in a circle.
   */
  public emptyBeforeDeletion(bucket: Bucket): CustomResource {
    markIfDestroyed(bucket);
    const permission = this.handler.addPolicy(bucket, 'EmptyingPolicy', 'Empties a bucket that is being destroyed', CARD.may({ bucket }));
    const resource = this.handler.customResource(bucket, 'Emptying', 'Custom::EmptiedBucket', { BucketName: bucket.bucketName, OnlyIfTagged: DESTROYED_TAG });
    resource.node.addDependency(...permission, ...(bucket.policy ? [bucket.policy] : []));
    return resource;
  }
}

/** Asked for at synth, because people may keep a single bucket by `applyRemovalPolicy`. */
function markIfDestroyed(bucket: Bucket): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.tags.setTag(DESTROYED_TAG, Lazy.string({ produce: () => String(resource.cfnOptions.deletionPolicy === CfnDeletionPolicy.DELETE) }));
}
