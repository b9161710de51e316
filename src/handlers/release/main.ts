import { run } from './run';
import { BUILD_LOG } from '../programs/output';

/**
 * `node release.js`, the first step of a deploy pipeline. Reads its settings from the environment (see `settings.ts`), copies
 * an approved version to where nobody changes it, and writes `release.json`, which says where that is.
 *
 * What it calls, and as what its role must be allowed to:
 *
 * | action | resource |
 * |---|---|
 * | `sts:GetCallerIdentity` | (needs no permission) |
 * | `sagemaker:DescribeModelPackage` | `model-package/<group>/*` |
 * | `sagemaker:ListModelPackages` | `model-package-group/<group>`: only without a `MODEL_PACKAGE_ARN` |
 * | `s3:GetObject`, `s3:GetObjectVersion` | objects of the models and reports buckets, and of the releases bucket |
 * | `s3:ListBucket` | the three buckets: without it S3 says of what is absent that it is forbidden |
 * | `s3:PutObject`, `s3:AbortMultipartUpload` | objects of the releases bucket under `RELEASE_PREFIX` |
 * | `kms:Decrypt` | keys of the models and reports buckets |
 * | `kms:GenerateDataKey`, `kms:Decrypt` | key of the releases, through S3; decrypting for copies in parts and for their checksums |
 * | `ecr:BatchGetImage` | the image's repository, also an AWS one if neither version nor image names a digest |
 * | `ecr:GetDownloadUrlForLayer` | the image's repository, if it is of this account |
 * | `ecr:BatchCheckLayerAvailability`, `ecr:InitiateLayerUpload`, `ecr:UploadLayerPart`, `ecr:CompleteLayerUpload`, `ecr:PutImage` | the releases repository |
 */
void run(BUILD_LOG).then((code) => {
  process.exitCode = code;
});
