import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HAND_ON_BUILT, READ_TEMPLATES } from './bucket-use';
import { ImageContext, RoleCard } from './card';
import { builds } from './service-trust';
import { EnvironmentRole } from '../names';
import { buildInNetwork } from './statements/builds';

/** What releases container images whose scan has passed: a program of the library's, never code of a repository. */
export const IMAGE_RELEASE: RoleCard<ImageContext> = {
  role: EnvironmentRole.IMAGE_RELEASE,
  id: 'ImageRelease',
  description: 'Releases container images whose scan has passed',
  onlyWith: 'image builds',
  assumedBy: [builds('*-image-release')],
  may: (context) => {
    const { arns, names } = context;
    return [
      ...buildInNetwork(context),
      new PolicyStatement({ actions: ['ecr:BatchGetImage', 'ecr:DescribeImageScanFindings'], resources: arns.here('ecr', `repository/${names.imagesRepositoryName}`) }),
    ];
  },
  // It writes no artifact that anything is deployed from.
  buckets: [{ ...HAND_ON_BUILT, limitedAs: 'ImageReleases' }, READ_TEMPLATES],
  never: ['iam:*', 'sts:AssumeRole', 'ecr:BatchDeleteImage', 'ecr:PutImageTagMutability', 'codepipeline:*', 'cloudformation:*'],
};
