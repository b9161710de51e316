import { run } from './run';
import { BUILD_LOG } from '../programs/output';

/**
 * `node promotion.js`, a step of a deploy pipeline between the list of a stage's accounts and their deployment. Reads its settings
 * from the environment and from files (see `settings.ts`), and copies the release to each account.
 *
 * As itself it calls, and its role must be allowed to:
 *
 * | action | resource |
 * |---|---|
 * | `sts:AssumeRole` | the promotion role of each target |
 * | `s3:GetObjectVersion`, `kms:Decrypt` through S3 | the releases bucket, and its key |
 * | `ecr:BatchGetImage`, `ecr:GetDownloadUrlForLayer` | the releases repository |
 *
 * And as the promotion role of a target:
 *
 * | action | resource |
 * |---|---|
 * | `s3:GetObject`, `s3:ListBucket`, `s3:PutObject`, `s3:AbortMultipartUpload` | the target's bucket of copies |
 * | `kms:GenerateDataKey`, `kms:Decrypt` through S3 | its key |
 * | `ecr:BatchCheckLayerAvailability`, `ecr:InitiateLayerUpload`, `ecr:UploadLayerPart`, `ecr:CompleteLayerUpload`, `ecr:PutImage` | its repository |
 * | `sagemaker:DescribeModelPackageGroup`, `sagemaker:CreateModelPackageGroup`, `sagemaker:AddTags` | its group of versions |
 * | `sagemaker:ListModelPackages`, `sagemaker:CreateModelPackage` | versions of the group |
 */
void run(BUILD_LOG).then((code) => {
  process.exitCode = code;
});
