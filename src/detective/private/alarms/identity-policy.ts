import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { called, OUTSIDE_OF_DEPLOYMENTS } from './pattern';
import { TrailAlarm } from './trail-alarm';

export const IDENTITY_POLICY: TrailAlarm = {
  id: 'IdentityPolicy',
  description: 'A policy, a trust policy or a permissions boundary in IAM was changed outside of a deployment',
  pattern: () => FilterPattern.all(
    called('iam',
      'PutRolePolicy', 'DeleteRolePolicy', 'AttachRolePolicy', 'DetachRolePolicy', 'UpdateAssumeRolePolicy', 'PutRolePermissionsBoundary', 'DeleteRolePermissionsBoundary',
      'CreatePolicyVersion', 'SetDefaultPolicyVersion', 'PutUserPolicy', 'AttachUserPolicy', 'PutGroupPolicy', 'AttachGroupPolicy'),
    OUTSIDE_OF_DEPLOYMENTS,
  ),
};
