import { FilterPattern, JsonPattern } from 'aws-cdk-lib/aws-logs';
import { called, isNot, isOneOf } from './pattern';
import { PermissionSets, TrailAlarm } from './trail-alarm';
import { EnvironmentNames, EnvironmentRole } from '../../../names';
import { arnIn } from '../../../private/arn';
import { nameOfPermissionSetsRole, ROLES_OF_PERMISSION_SETS } from '../../../private/identity-center';

const ISSUER = '$.userIdentity.sessionContext.sessionIssuer';

/**
 * A session of none of these personas, by their roles or by permission sets of IAM Identity Center that hold a persona. Nobody else makes
 * roles below `aws-reserved`.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
function byNoneOf(names: EnvironmentNames, permissionSets: PermissionSets, ...roles: EnvironmentRole[]): JsonPattern {
  const otherThan = (field: string, value: string) => FilterPattern.stringValue(`${ISSUER}.${field}`, '!=', value);
  const others = roles.map((role) => otherThan('arn', names.roleArn(role))), sets = roles.flatMap((role) => permissionSets(role));
  const ofNoSet = sets.length === 0 ? [] : [FilterPattern.any(
    otherThan('arn', arnIn(names, 'iam', ROLES_OF_PERMISSION_SETS)), FilterPattern.all(...sets.map((set) => otherThan('userName', nameOfPermissionSetsRole(set)))),
  )];
  return FilterPattern.any(FilterPattern.notExists(`${ISSUER}.arn`), FilterPattern.all(...others, ...ofNoSet));
}

/** Team administrators approve versions. These are registered as pending, but for copies that a target's role makes of approved ones. */
export const MODEL_APPROVAL: TrailAlarm = {
  id: 'ModelApproval',
  description: 'A model version was approved by somebody who is no team administrator, or was approved as it was registered',
  pattern: (names, permissionSets) => FilterPattern.all(
    isOneOf('$.requestParameters.modelApprovalStatus', 'Approved'),
    FilterPattern.any(
      FilterPattern.all(called('sagemaker', 'UpdateModelPackage'), byNoneOf(names, permissionSets, EnvironmentRole.TEAM_ADMINISTRATOR)),
      FilterPattern.all(called('sagemaker', 'CreateModelPackage'), isNot(`${ISSUER}.userName`, `*--promotion-${names.region}`)),
    ),
  ),
};

/** Team administrators and data science administrators approve deployments to stages. */
export const DEPLOYMENT_APPROVAL: TrailAlarm = {
  id: 'DeploymentApproval',
  description: 'A deployment was approved by somebody who is neither team administrator nor data science administrator',
  pattern: (names, permissionSets) => FilterPattern.all(
    called('codepipeline', 'PutApprovalResult'),
    isOneOf('$.requestParameters.result.status', 'Approved'),
    byNoneOf(names, permissionSets, EnvironmentRole.TEAM_ADMINISTRATOR, EnvironmentRole.DATA_SCIENCE_ADMINISTRATOR),
  ),
};
