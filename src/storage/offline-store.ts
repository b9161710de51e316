import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ofItsOwner } from './private/bucket-owner';
import { grantObjects } from './private/object-grant';
import { ENCRYPT } from '../perimeter/object-actions';

/** The bucket of offline stores of feature groups. */
export class OfflineStore {
  constructor(
    /** The bucket, whose key is that of online stores as well. */
    public readonly bucket: IBucket,
  ) {}

  /** Grants reading. */
  public read(grantee: IGrantable): Grant {
    return grantObjects(this.bucket, grantee, { prefixes: [''], read: true });
  }

  /**
   * Grants writing, as Feature Store does: it looks at the bucket's ACL, and sends one with each object.
   *
   * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerFeatureStoreAccess.html
   */
  public write(grantee: IGrantable): Grant {
    const { bucket } = this, { region, urlSuffix } = Stack.of(bucket), conditions = ofItsOwner(bucket);
    return Grant.addToPrincipal({ grantee, actions: ['s3:PutObject', 's3:PutObjectAcl'], resourceArns: [bucket.arnForObjects('*')], conditions })
      .combine(Grant.addToPrincipal({ grantee, actions: ['s3:GetBucketAcl'], resourceArns: [bucket.bucketArn], conditions }))
      .combine(Grant.addToPrincipal({
        grantee, actions: ENCRYPT, resourceArns: [bucket.encryptionKey!.keyArn], conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } },
      }));
  }
}
