import { FilterPattern, JsonPattern } from 'aws-cdk-lib/aws-logs';
import { called, isNot, isOneOf } from './pattern';
import { TrailAlarm } from './trail-alarm';
import { EnvironmentNames, EnvironmentRole } from '../../../names';

const ISSUER = '$.userIdentity.sessionContext.sessionIssuer';

function byNoneOf(names: EnvironmentNames, ...roles: EnvironmentRole[]): JsonPattern[] {
  return roles.map((role) => isNot(`${ISSUER}.arn`, names.roleArn(role)));
}

/** Team administrators approve versions. These are registered as pending, but for copies that a target's role makes of approved ones. */
export const MODEL_APPROVAL: TrailAlarm = {
  id: 'ModelApproval',
  description: 'A model version was approved by somebody who is no team administrator, or was approved as it was registered',
  pattern: (names) => FilterPattern.all(
    isOneOf('$.requestParameters.modelApprovalStatus', 'Approved'),
    FilterPattern.any(
      FilterPattern.all(called('sagemaker', 'UpdateModelPackage'), ...byNoneOf(names, EnvironmentRole.TEAM_ADMINISTRATOR)),
      FilterPattern.all(called('sagemaker', 'CreateModelPackage'), isNot(`${ISSUER}.userName`, `*--promotion-${names.region}`)),
    ),
  ),
};

/** Team administrators and data science administrators approve deployments to stages. */
export const DEPLOYMENT_APPROVAL: TrailAlarm = {
  id: 'DeploymentApproval',
  description: 'A deployment was approved by somebody who is neither team administrator nor data science administrator',
  pattern: (names) => FilterPattern.all(
    called('codepipeline', 'PutApprovalResult'),
    isOneOf('$.requestParameters.result.status', 'Approved'),
    ...byNoneOf(names, EnvironmentRole.TEAM_ADMINISTRATOR, EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR),
  ),
};
