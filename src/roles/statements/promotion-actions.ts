/** What copying a released version into a target takes, by the service: the role there may do it, and the environment's endpoints let it through. */

/** Writing an image, layer by layer. */
export const PUSH_IMAGES = ['BatchCheckLayerAvailability', 'InitiateLayerUpload', 'UploadLayerPart', 'CompleteLayerUpload', 'PutImage'].map((name) => `ecr:${name}`);

/** Writing an object that is not there, and seeing whether it is. */
export const WRITE_COPIES = ['GetObject', 'PutObject', 'AbortMultipartUpload'].map((name) => `s3:${name}`);

/** Without the list S3 says of what is not there that it is forbidden. */
export const FIND_COPIES = ['s3:ListBucket'];

/** Registering a version, once. */
export const REGISTER_COPIES = ['CreateModelPackageGroup', 'DescribeModelPackageGroup', 'ListModelPackages', 'CreateModelPackage', 'DescribeModelPackage'].map((name) => `sagemaker:${name}`);
