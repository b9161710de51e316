/** S3 and KMS actions on objects, as grants, endpoints and what owners of buckets must add have them in common. */

/** Finding objects, of a part of the bucket if need be. */
export const LIST = ['s3:ListBucket'];

/**
 * Finding the bucket. Not its unfinished uploads: S3 lists those without a prefix to be limited by, so with the keys of the
 * whole bucket. Parts of one's own upload are found by its id, and a lifecycle rule ends what nobody finishes.
 */
export const LOCATE = ['s3:GetBucketLocation'];

/** Reading objects, of any version. */
export const READ = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectAttributes'];

/** Writing objects, in parts too. A newer version takes the place of an older one; removing versions is nobody's. */
export const WRITE = ['s3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

/** What S3 asks of the key to read. */
export const DECRYPT = ['kms:Decrypt'];

/** What S3 asks of the key to write; completing an upload in parts decrypts as well. */
export const ENCRYPT = ['kms:Decrypt', 'kms:GenerateDataKey'];
