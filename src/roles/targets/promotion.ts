import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { COPY_MODELS } from './bucket-use';
import { TargetRoleCard } from './card';
import { TargetContext } from './context';
import { EnvironmentRole, TargetRole } from '../../names';
import { PUSH_IMAGES, REGISTER_COPIES } from '../statements/promotion-actions';

/**
 * What writes copies of released models in a target: adds objects, images and versions, and takes nothing away. Only the build
 * of the environment's delivery pipelines that promotes becomes it.
 */
export const PROMOTION: TargetRoleCard = {
  role: TargetRole.PROMOTION,
  id: 'Promotion',
  description: 'What writes copies of released models',
  onlyWith: 'copies',
  assumedBy: [EnvironmentRole.PROMOTION],
  may: (context) => [...writeImages(context), ...registerVersions(context)],
  buckets: [COPY_MODELS],
  never: ['s3:DeleteObject', 'ecr:BatchDeleteImage', 'sagemaker:DeleteModelPackage', 'sagemaker:UpdateModelPackage', 'sagemaker:CreateModel', 'iam:*', 'sts:*'],
};

/** SageMaker looks at the image of a version as who registers it: the copy, or AWS's own, which is in an account of AWS that differs by region. */
function writeImages({ arns, promotedModels }: TargetContext): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: PUSH_IMAGES, resources: [promotedModels!.repository.repositoryArn] }),
    // Manifests, of which nothing is pulled: a template that stack sets carry has no room for AWS's accounts a second time.
    new PolicyStatement({ actions: ['ecr:BatchGetImage', 'ecr:DescribeImages'], resources: [arns.anyImage] }),
  ];
}

function registerVersions({ arns, names, stage }: TargetContext): PolicyStatement[] {
  const named = (type: string) => `${type}/${names.endpointPrefix(stage.stageName)}*`;
  return [
    new PolicyStatement({ actions: REGISTER_COPIES, resources: arns.here('sagemaker', named('model-package-group'), named('model-package')) }),
    new PolicyStatement({
      actions: ['sagemaker:AddTags'], resources: arns.here('sagemaker', named('model-package-group')), conditions: { Null: { 'sagemaker:TaggingAction': 'false' } },
    }),
  ];
}
