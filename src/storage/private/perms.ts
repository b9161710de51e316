/** S3 and KMS actions of some grants only. */

/** How the bucket is set up. */
export const SETTINGS = ['s3:GetBucketAcl', 's3:GetBucketVersioning'];

/** Hiding objects behind a delete marker. */
export const DELETE = ['s3:DeleteObject'];

/**
 * What SageMaker may ask besides of a job's role, where the job's request names the key of its output.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export const ENCRYPT_OUTPUT = ['kms:Encrypt'];
