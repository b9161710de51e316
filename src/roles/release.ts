import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HAND_ON_ARTIFACTS, READ_MODELS, READ_REPORTS, READ_TEMPLATES, WRITE_RELEASES } from './bucket-use';
import { ProjectContext, RoleCard } from './card';
import { builds } from './service-trust';
import { EnvironmentRole } from '../names';
import { buildInNetwork, readVersions } from './statements/builds';
import { PUSH_IMAGES } from './statements/promotion-actions';

/** What copies approved model versions: a program of the library's, never code of a repository. */
export const RELEASE: RoleCard<ProjectContext> = {
  role: EnvironmentRole.RELEASE,
  id: 'Release',
  description: 'Copies approved model versions',
  assumedBy: [builds('*-release')],
  may: (context) => {
    const { arns, names } = context;
    return [
      ...buildInNetwork(context),
      readVersions(arns),
      // An image of the account is copied, layer by layer, into the repository of releases; of AWS's own it is seen which it is.
      new PolicyStatement({ actions: ['ecr:BatchGetImage'], resources: [arns.anyImage] }),
      new PolicyStatement({ actions: ['ecr:GetDownloadUrlForLayer'], resources: arns.here('ecr', 'repository/*') }),
      new PolicyStatement({ actions: PUSH_IMAGES, resources: arns.here('ecr', `repository/${names.releasesRepositoryName}`) }),
    ];
  },
  buckets: [HAND_ON_ARTIFACTS, READ_TEMPLATES, READ_MODELS, READ_REPORTS, WRITE_RELEASES],
  never: ['sagemaker:Create*', 'sagemaker:Update*', 'sagemaker:Delete*', 'iam:*', 'sts:AssumeRole', 'cloudformation:*', 'codepipeline:*'],
};
