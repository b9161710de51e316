import { CustomResource, Duration, Lazy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
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
  private readonly buckets: Bucket[] = [];

  constructor(scope: Construct, id: string, props: BucketEmptyingProps) {
    super(scope, id);
    const { buckets } = this;
    this.handler = new InlineHandler(this, 'Handler', {
      handler: 'bucket-emptying',
      description: 'Empties buckets that are being destroyed',
      timeout: Duration.minutes(15),
      roleName: props.registry.roleName(EnvironmentRole.BUCKET_EMPTYING),
      roleOptions: props.roleOptions,
      logsKey: props.logsKey,
      statements: [
        statementOver(['s3:ListBucketVersions', 's3:ListBucketMultipartUploads'], () => buckets.map((bucket) => bucket.bucketArn)),
        statementOver(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'], () => buckets.map((bucket) => bucket.arnForObjects('*'))),
      ],
    });
  }

  /** The resource depends on the bucket and its policy, and so is deleted before them. */
  public emptyBeforeDeletion(bucket: Bucket): CustomResource {
    this.buckets.push(bucket);
    const resource = this.handler.customResource(bucket, 'Emptying', 'Custom::EmptiedBucket', { BucketName: bucket.bucketName });
    if (bucket.policy) resource.node.addDependency(bucket.policy);
    return resource;
  }
}

function statementOver(actions: string[], resources: () => string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources: Lazy.list({ produce: resources }) });
}
