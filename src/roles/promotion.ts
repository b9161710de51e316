import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { READ_ARTIFACTS, READ_RELEASES, READ_TEMPLATES } from './bucket-use';
import { ProjectContext, RoleCard } from './card';
import { builds } from './service-trust';
import { EnvironmentRole, TargetRole } from '../names';
import { becomeInTargets, buildInNetwork } from './statements/builds';

/** What copies released models to the targets of stages that have copies of their own: a program of the library's, never code of a repository. */
export const PROMOTION: RoleCard<ProjectContext> = {
  role: EnvironmentRole.PROMOTION,
  id: 'Promotion',
  description: 'Copies released models to deployment targets',
  onlyWith: 'promotion',
  assumedBy: [builds('*-promotion')],
  may: (context) => {
    const { arns, names, deploymentStages } = context;
    return [
      ...buildInNetwork(context),
      new PolicyStatement({ actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: arns.here('ecr', `repository/${names.releasesRepositoryName}`) }),
      // Copies are written as the role of each target that can do nothing else.
      ...becomeInTargets(names, TargetRole.PROMOTION, deploymentStages.filter(({ promotion }) => promotion.hasModelCopies)),
    ];
  },
  buckets: [READ_ARTIFACTS, READ_TEMPLATES, READ_RELEASES],
  never: ['s3:PutObject', 's3:DeleteObject', 'ecr:PutImage', 'sagemaker:*', 'iam:*', 'cloudformation:*', 'codepipeline:*'],
};
