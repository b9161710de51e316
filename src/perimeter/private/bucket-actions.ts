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

/** Removing what versioning keeps. */
export const DELETING_VERSIONS = ['s3:DeleteObjectVersion', 's3:DeleteObjectVersionTagging'];

/** Changing objects. */
export const WRITING_OBJECTS = ['s3:PutObject', 's3:PutObjectTagging', 's3:PutObjectVersionTagging', 's3:DeleteObject', 's3:DeleteObjectTagging', 's3:RestoreObject', 's3:ReplicateObject', 's3:ReplicateDelete'];
