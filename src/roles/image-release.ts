import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HAND_ON_BUILT, READ_TEMPLATES } from './bucket-use';
import { ImageContext, RoleCard } from './card';
import { builds } from './service-trust';
import { EnvironmentRole } from '../names';
import { buildInNetwork } from './statements/builds';
import { PUSH_IMAGES } from './statements/promotion-actions';

/** What releases container images whose scan has passed: a program of the library's, never code of a repository. */
export const IMAGE_RELEASE: RoleCard<ImageContext> = {
  role: EnvironmentRole.IMAGE_RELEASE,
  id: 'ImageRelease',
  description: 'Releases container images whose scan has passed',
  onlyWith: 'image builds',
  assumedBy: [builds('*-image-release')],
  may: (context) => {
    const { arns, names, signingProfileArn } = context, released = arns.here('ecr', `repository/${names.releasedImagesRepositoryName}`);
    const actions = ['ecr:BatchGetImage', 'ecr:DescribeImageScanFindings', 'ecr:GetDownloadUrlForLayer'];
    return [
      ...buildInNetwork(context),
      new PolicyStatement({ actions, resources: arns.here('ecr', `repository/${names.imagesRepositoryName}`) }),
      new PolicyStatement({ actions: PUSH_IMAGES, resources: released }),
      // Amazon ECR signs as whoever pushes.
      ...signingProfileArn === undefined ? [] : [
        new PolicyStatement({ actions: ['signer:SignPayload'], resources: [signingProfileArn] }),
        new PolicyStatement({ actions: ['ecr:DescribeImageSigningStatus'], resources: released }),
      ],
      // SageMaker reads the image as the role of its own image, which the platform team has made.
      new PolicyStatement({ actions: ['sagemaker:CreateImageVersion'], resources: arns.here('sagemaker', `image/${names.environmentName}.*`) }),
      new PolicyStatement({ actions: ['sagemaker:DescribeImageVersion'], resources: arns.here('sagemaker', `image-version/${names.environmentName}.*`) }),
    ];
  },
  // It writes no artifact that anything is deployed from.
  buckets: [{ ...HAND_ON_BUILT, limitedAs: 'ImageReleases' }, READ_TEMPLATES],
  never: ['iam:*', 'sts:AssumeRole', 'sagemaker:CreateImage', 'sagemaker:UpdateImage*', 'sagemaker:DeleteImage*', 'ecr:BatchDeleteImage', 'ecr:PutImageTagMutability', 'codepipeline:*', 'cloudformation:*'],
};
