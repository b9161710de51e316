import { CustomResource, Duration } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { InlineHandler } from '../../private/inline-handler';
import { EnvironmentRegistry, EnvironmentRole, RoleOptions } from '../../registry';

export interface BucketEmptyingProps {
  readonly registry: EnvironmentRegistry;
  readonly roleOptions?: RoleOptions;
  readonly logsKey?: IKey;
}

/** Empties buckets right before they are destroyed by choice. See adr/001-emptying-buckets.md. */
export class BucketEmptying extends Construct {
  private readonly handler: InlineHandler;
  constructor(scope: Construct, id: string, private readonly props: BucketEmptyingProps) {
    super(scope, id);
    this.handler = new InlineHandler(this, 'Handler', {
      handler: 'bucket-emptying',
      description: 'Empties buckets that are being destroyed',
      timeout: Duration.minutes(15),
      roleName: props.registry.roleName(EnvironmentRole.BUCKET_EMPTYING),
      roleOptions: props.roleOptions,
      logsKey: props.logsKey,
      statements: [],
    });
  }

  /**
   * The resource depends on the bucket and its policy, and so is deleted before them. Each bucket brings its permission
   * along: in one policy, buckets that are emptied at different times would wait for each other in a circle.
   */
  public emptyBeforeDeletion(bucket: Bucket): CustomResource {
    const permission = new ManagedPolicy(bucket, 'EmptyingPolicy', {
      description: 'Empties a bucket that is being destroyed',
      path: this.props.roleOptions?.path,
      roles: [this.handler.role],
      statements: [
        new PolicyStatement({ actions: ['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'], resources: [bucket.bucketArn] }),
        new PolicyStatement({ actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'], resources: [bucket.arnForObjects('*')] }),
      ],
    });
    const resource = this.handler.customResource(bucket, 'Emptying', 'Custom::EmptiedBucket', { BucketName: bucket.bucketName });
    resource.node.addDependency(permission, ...(bucket.policy ? [bucket.policy] : []));
    return resource;
  }
}
