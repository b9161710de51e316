import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { READ_ARTIFACTS } from './bucket-use';
import { ImageContext, RoleCard } from './card';
import { builds } from './service-trust';
import { EnvironmentRole } from '../names';
import { buildInNetwork } from './statements/builds';
import { PULL_IMAGES, pulling } from './statements/container-statements';
import { PUSH_IMAGES } from './statements/promotion-actions';

/** What makes container images, and so what runs the code in people's repositories with Docker: it writes images and nothing else. */
export const IMAGE_BUILD: RoleCard<ImageContext> = {
  role: EnvironmentRole.IMAGE_BUILD,
  id: 'ImageBuild',
  description: 'Builds container images of projects',
  onlyWith: 'image builds',
  assumedBy: [builds('*-image')],
  may: (context) => {
    const { arns, names, images } = context;
    return [
      ...buildInNetwork(context),
      new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }), // a token is for the whole registry
      ...pulling(PULL_IMAGES, images),
      new PolicyStatement({ actions: PUSH_IMAGES, resources: arns.here('ecr', `repository/${names.imagesRepositoryName}`) }),
    ];
  },
  buckets: [READ_ARTIFACTS],
  installsPackages: true,
  never: ['sagemaker:*', 'iam:*', 'sts:AssumeRole', 's3:PutObject', 'ecr:BatchDeleteImage', 'ecr:PutImageTagMutability', 'codepipeline:*', 'codecommit:*'],
};
