/** S3 and KMS actions by what a grant is for. */

/** Finding objects, of a part of the bucket if need be. */
export const LIST = ['s3:ListBucket'];

/**
 * Finding the bucket. Not its unfinished uploads: S3 lists those without a prefix to be limited by, so with the keys of the
 * whole bucket. Parts of one's own upload are found by its id, and a lifecycle rule ends what nobody finishes.
 */
export const LOCATE = ['s3:GetBucketLocation'];

/** How the bucket is set up. */
export const SETTINGS = ['s3:GetBucketAcl', 's3:GetBucketVersioning'];

/** Reading objects, of any version. */
export const READ = ['s3:GetObject', 's3:GetObjectVersion', 's3:GetObjectTagging', 's3:GetObjectAttributes'];

/** Writing objects, in parts too. A newer version takes the place of an older one; removing versions is nobody's. */
export const WRITE = ['s3:PutObject', 's3:PutObjectTagging', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];

/** Hiding objects behind a delete marker. */
export const DELETE = ['s3:DeleteObject'];

/** What S3 asks of the key to read. */
export const DECRYPT = ['kms:Decrypt'];

/** What S3 asks of the key to write; completing an upload in parts decrypts as well. */
export const ENCRYPT = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * What SageMaker may ask besides of a job's role, where the job's request names the key of its output.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export const ENCRYPT_OUTPUT = ['kms:Encrypt'];
