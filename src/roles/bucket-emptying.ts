import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { RoleCard } from './card';
import { LAMBDA } from './service-trust';
import { EnvironmentRole } from '../names';

/** What empties buckets that are destroyed by choice, one statement for each of them: a handler of the library's. It reads no object. */
export const BUCKET_EMPTYING: RoleCard<{ readonly bucket: IBucket }> = {
  role: EnvironmentRole.BUCKET_EMPTYING,
  id: 'BucketEmptying',
  description: 'Empties buckets that are being destroyed',
  onlyWith: 'destroyed data',
  assumedBy: [LAMBDA],
  may: ({ bucket }) => [
    new PolicyStatement({ actions: ['s3:GetBucketTagging', 's3:ListBucketVersions', 's3:ListBucketMultipartUploads'], resources: [bucket.bucketArn] }),
    new PolicyStatement({ actions: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:AbortMultipartUpload'], resources: [bucket.arnForObjects('*')] }),
  ],
  buckets: [],
  never: ['s3:GetObject*', 's3:PutObject*', 's3:DeleteBucket*', 's3:BypassGovernanceRetention', 'kms:*', 'iam:*', 'sts:*'],
};
