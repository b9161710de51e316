import { Duration } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bucketOfNotes } from '../../private/locked-bucket';
import { removalOf } from '../../private/removal';

/** The bucket of records: versioned, so that whoever changes one leaves it there, and of this account alone. */
export function recordsBucket(scope: Construct, key: IKey): Bucket {
  return bucketOfNotes(scope, 'Records', key, 'DenyOtherAccounts', {
    removalPolicy: removalOf(scope, undefined),
    lifecycleRules: [{ prefix: 'actions/', expiration: Duration.days(2), noncurrentVersionExpiration: Duration.days(1) }],
  });
}
