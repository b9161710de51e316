import { run } from './run';
import { BUILD_LOG } from '../programs/output';

/**
 * `node image-release.js`, the last step of a pipeline that builds an image. Finds the image by its tag, waits for the findings of
 * its scan, and releases it by its digest where none is as severe as `image.json` of the repository says: it copies it to the
 * repository of released images, waits until Amazon ECR has signed it, where it does, makes it a version of the project's SageMaker
 * image, where there is one, and writes `image.json` into its output, which says what was released and what the scan has found.
 *
 * What it calls, and as what its role must be allowed to:
 *
 * | action | resource |
 * |---|---|
 * | `ecr:BatchGetImage`, `ecr:DescribeImageScanFindings`, `ecr:GetDownloadUrlForLayer` | the repository of images |
 * | `ecr:BatchCheckLayerAvailability`, `ecr:InitiateLayerUpload`, `ecr:UploadLayerPart` | the repository of released images |
 * | `ecr:CompleteLayerUpload`, `ecr:PutImage` | the same |
 * | `ecr:DescribeImageSigningStatus`, where images are signed | the same |
 * | `signer:SignPayload`, which Amazon ECR asks for as whoever pushes | the signing profile |
 * | `sagemaker:CreateImageVersion` | the SageMaker image of the project |
 * | `sagemaker:DescribeImageVersion` | its versions |
 */
void run(BUILD_LOG).then((code) => {
  process.exitCode = code;
});
