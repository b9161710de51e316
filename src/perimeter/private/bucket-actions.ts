/** S3 actions as the bucket policies group them. */

/** Reading an object, whatever of it. */
export const READING_OBJECTS = ['s3:GetObject*'];

/** Looking at or changing how a bucket is set up; never an object. Patterns, because S3 adds settings: all of them end or begin so. */
export const CONFIGURATION = [
  's3:GetBucket*', 's3:PutBucket*', 's3:UpdateBucket*', 's3:CreateBucket*', 's3:DeleteBucket*', 's3:Get*Configuration', 's3:Put*Configuration',
  's3:ListTagsForResource', 's3:TagResource', 's3:UntagResource', 's3:PauseReplication',
];

/** Changing how a bucket is protected. */
export const CHANGING_SETTINGS = [
  's3:PutBucket*', 's3:UpdateBucket*', 's3:CreateBucket*', 's3:DeleteBucket*', 's3:Put*Configuration',
  's3:TagResource', 's3:UntagResource', 's3:PauseReplication',
  's3:PutObjectAcl', 's3:PutObjectVersionAcl', 's3:PutObjectRetention', 's3:PutObjectLegalHold', 's3:BypassGovernanceRetention',
  's3:ObjectOwnerOverrideToBucketOwner',
];

/**
 * Seeing whether a bucket is there, and its keys. CloudFormation looks each bucket up before it changes anything.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 */
export const FINDING_BUCKETS = ['s3:ListBucket'];

/** Removing what versioning keeps. */
export const DELETING_VERSIONS = ['s3:DeleteObjectVersion*'];

/** Changing objects, and what is noted of them. Patterns, because S3 adds actions: all of them begin so. */
export const WRITING_OBJECTS = ['s3:PutObject*', 's3:UpdateObject*', 's3:DeleteObject*', 's3:RestoreObject', 's3:Replicate*', 's3:InitiateReplication'];

/** All that sends how an object is to be encrypted, and with which key of AWS KMS. */
export const ENCRYPTING_OBJECTS = ['s3:PutObject', 's3:ReplicateObject', 's3:UpdateObjectEncryption'];

/** All that may bring a key of its own along. */
export const ENCRYPTING_WITH_CUSTOMER_KEYS = ['s3:PutObject', 's3:ReplicateObject'];
