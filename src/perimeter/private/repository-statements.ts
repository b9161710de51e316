import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allOf } from '../conditions';
import { StageConditions } from './stage-conditions';

/**
 * The policy of a repository whose images the stages' model roles pull. Without a network condition: SageMaker pulls from
 * its own side.
 */
export function repositoryStatements(stages: StageConditions): PolicyStatement[] {
  const { principals, modelRoles } = stages.reading;
  if (modelRoles.length === 0) return [];
  return principals.map((belongs) => new PolicyStatement({
    sid: `PullBy${belongs.StringEquals ? 'Account' : 'Unit'}`,
    principals: [new AnyPrincipal()],
    actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchCheckLayerAvailability'],
    conditions: allOf(belongs, { ArnLike: { 'aws:PrincipalArn': modelRoles } }),
  }));
}
