import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { deny, LAUNCHING, OF_ENVIRONMENTS } from './statements';

/** Who is exempt from what protects an account. */
export interface Exemptions {
  /** Those whom nothing is denied, but to leave the organization. */
  readonly exempt: string[];
  /** Those who deploy. */
  readonly deploying: string[];
  /** ARN of the permissions boundary with which others may make roles. */
  readonly permissionsBoundary?: string;
}

/** Logs, findings and reports: nobody turns them off. */
const DETECTION = [
  'cloudtrail:Delete*', 'cloudtrail:PutEventConfiguration', 'cloudtrail:PutEventSelectors', 'cloudtrail:PutInsightSelectors', 'cloudtrail:Stop*', 'cloudtrail:Update*',
  'config:Delete*', 'config:DisassociateResourceTypes', 'config:PutConfigurationRecorder', 'config:PutDeliveryChannel', 'config:PutRetentionConfiguration', 'config:StopConfigurationRecorder',
  'guardduty:ArchiveFindings', 'guardduty:CreateFilter', 'guardduty:CreateIPSet', 'guardduty:CreateTrustedEntitySet', 'guardduty:Delete*', 'guardduty:Disassociate*', 'guardduty:StopMonitoringMembers', 'guardduty:Update*',
  'securityhub:BatchDisableStandards', 'securityhub:BatchUpdateAutomationRules', 'securityhub:BatchUpdateStandardsControlAssociations',
  'securityhub:CreateAutomationRule*', 'securityhub:Disable*', 'securityhub:Disassociate*', 'securityhub:UpdateAutomationRule*',
  'securityhub:UpdateSecurityControl', 'securityhub:UpdateStandardsControl',
  'macie2:CreateAllowList', 'macie2:CreateFindingsFilter', 'macie2:DisableMacie', 'macie2:Disassociate*', 'macie2:Update*',
  'access-analyzer:ApplyArchiveRule', 'access-analyzer:CreateArchiveRule', 'access-analyzer:DeleteAnalyzer', 'access-analyzer:Update*',
  'ec2:DeleteFlowLogs', 'route53resolver:DeleteResolverQueryLogConfig', 'route53resolver:DisassociateResolverQueryLogConfig',
];

const LOGS = [
  'logs:AssociateKmsKey', 'logs:CreateDelivery', 'logs:CreateExportTask', 'logs:DeleteAccountPolicy', 'logs:DeleteDataProtectionPolicy', 'logs:DeleteDelivery*',
  'logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:DeleteMetricFilter', 'logs:DeleteResourcePolicy', 'logs:DeleteRetentionPolicy', 'logs:DeleteSubscriptionFilter',
  'logs:DisassociateKmsKey', 'logs:PutAccountPolicy', 'logs:PutDataProtectionPolicy', 'logs:PutDelivery*', 'logs:PutDestination*', 'logs:PutLogGroupDeletionProtection',
  'logs:PutMetricFilter', 'logs:PutResourcePolicy', 'logs:PutRetentionPolicy', 'logs:PutSubscriptionFilter',
];

/** What tells somebody: an alarm or a rule that is written again under its name tells nobody either. */
const ALARMS = [
  'cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions', 'cloudwatch:PutMetricAlarm', 'events:DeleteRule', 'events:DisableRule', 'events:RemoveTargets',
  'sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:Unsubscribe',
];

/** Alarms of Application Auto Scaling, which whoever scales something makes and deletes. */
const SCALING_ALARMS = 'arn:*:cloudwatch:*:*:alarm:TargetTracking-*'; // eslint-disable-line no-restricted-syntax -- no partition

/** Who reaches buckets and keys, and what becomes of what is in them. */
const STORAGE = [
  's3:BypassGovernanceRetention', 's3:DeleteAccessPointPolicy', 's3:DeleteBucket', 's3:DeleteBucketPolicy', 's3:PutAccessPointPolicy', 's3:PutAccountPublicAccessBlock',
  's3:PutBucketAcl', 's3:PutBucketLogging', 's3:PutBucketObjectLockConfiguration', 's3:PutBucketOwnershipControls', 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock',
  's3:PutBucketVersioning', 's3:PutEncryptionConfiguration', 's3:PutLifecycleConfiguration', 's3:PutReplicationConfiguration',
  'kms:DeleteAlias', 'kms:DeleteImportedKeyMaterial', 'kms:DisableKey', 'kms:DisableKeyRotation', 'kms:PutKeyPolicy', 'kms:ReplicateKey', 'kms:ScheduleKeyDeletion', 'kms:UpdateAlias',
];

/** Ways into and out of the network. */
const NETWORK = [
  'ec2:AcceptTransitGateway*', 'ec2:AcceptVpc*', 'ec2:AssociateVpcCidrBlock', 'ec2:AttachInternetGateway', 'ec2:AttachVpnGateway', 'ec2:CreateClientVpnEndpoint',
  'ec2:CreateEgressOnlyInternetGateway', 'ec2:CreateInternetGateway', 'ec2:CreateNatGateway', 'ec2:CreateTransitGateway*', 'ec2:CreateVpcEndpoint*',
  'ec2:CreateVpcPeeringConnection', 'ec2:CreateVpnConnection', 'ec2:DeleteVpcEndpoint*', 'ec2:ModifyVpcBlockPublicAccess*', 'ec2:CreateVpcBlockPublicAccessExclusion',
  'ec2:ModifyVpcEndpoint*', 'route53:AssociateVPCWithHostedZone', 'route53resolver:AssociateResolverRule', 'route53resolver:CreateResolverEndpoint',
  // Routes past a firewall, and what the firewalls let through.
  'ec2:AssociateRouteTable', 'ec2:CreateInstanceConnectEndpoint', 'ec2:CreateRoute', 'ec2:CreateRouteServer*', 'ec2:CreateVerifiedAccess*', 'ec2:DisassociateRouteTable',
  'ec2:EnableVgwRoutePropagation', 'ec2:ReplaceRoute*', 'globalaccelerator:Create*', 'network-firewall:Associate*', 'network-firewall:Delete*', 'network-firewall:Disassociate*',
  'network-firewall:Update*', 'networkmanager:Create*Attachment', 'route53resolver:DeleteFirewall*', 'route53resolver:DisassociateFirewallRuleGroup',
  'route53resolver:UpdateFirewall*', 'vpc-lattice:CreateResourceGateway', 'vpc-lattice:CreateServiceNetworkVpc*',
];

/** Who somebody is, and what they may do. Not service-linked roles, which services make for their callers. */
const IDENTITIES = [
  'iam:AcceptDelegationRequest', 'iam:Add*', 'iam:AssociateDelegationRequest', 'iam:AttachGroupPolicy', 'iam:AttachUserPolicy', 'iam:CreateAccessKey', 'iam:CreateGroup', 'iam:CreateLoginProfile', 'iam:CreateOpenIDConnectProvider',
  'iam:CreatePolicy*', 'iam:CreateSAMLProvider', 'iam:CreateServiceSpecificCredential', 'iam:CreateUser', 'iam:DeactivateMFADevice', 'iam:DeleteGroup*', 'iam:DeleteOpenIDConnectProvider',
  'iam:DeletePolicy*', 'iam:DeleteRole', 'iam:DeleteRolePermissionsBoundary', 'iam:DeleteSAMLProvider', 'iam:DeleteUser*', 'iam:DetachGroupPolicy', 'iam:DetachUserPolicy',
  'iam:PutGroupPolicy', 'iam:PutUser*', 'iam:ResetServiceSpecificCredential', 'iam:SendDelegationToken', 'iam:SetDefaultPolicyVersion', 'iam:Tag*', 'iam:Untag*',
  'iam:Update*', 'iam:Upload*', 'rolesanywhere:Create*', 'rolesanywhere:D*', 'rolesanywhere:E*', 'rolesanywhere:ImportCrl', 'rolesanywhere:Put*', 'rolesanywhere:Update*',
  'sso:CreateInstance',
  // Of roles that exist: with another boundary, whoever may change roles that have it would change every role.
  'iam:PutRolePermissionsBoundary',
];

/** Of a role: IAM sends its permissions boundary with these. */
const ROLES = ['iam:AttachRolePolicy', 'iam:CreateRole', 'iam:DeleteRolePolicy', 'iam:DetachRolePolicy', 'iam:PutRolePolicy'];

const STACKS = [
  'cloudformation:CancelUpdateStack', 'cloudformation:ContinueUpdateRollback', 'cloudformation:CreateChangeSet', 'cloudformation:CreateStack', 'cloudformation:DeleteStack',
  'cloudformation:ExecuteChangeSet', 'cloudformation:RollbackStack', 'cloudformation:SetStackPolicy', 'cloudformation:UpdateStack', 'cloudformation:UpdateTerminationProtection',
];

/** Denials of what would take the guardrails, or what watches over them, out of the way. */
export function controlStatements({ exempt, deploying, permissionsBoundary }: Exemptions): PolicyStatement[] {
  const known = [...exempt, ...deploying], launching = [...known, ...LAUNCHING];
  return [
    deny('DenyLeavingOrganization', ['account:CloseAccount', 'organizations:LeaveOrganization'], {}),
    // Sessions of root that the management account has asked for are limited to one task each by AWS.
    deny('DenyRoot', ['*'], { ArnLike: { 'aws:PrincipalArn': 'arn:*:iam::*:root' }, Null: { 'aws:AssumedRoot': 'true' } }), // eslint-disable-line no-restricted-syntax -- no partition
    deny('DenyTurningDetectionOff', DETECTION, {}, known),
    deny('DenyChangingLogs', LOGS, {}, launching),
    deny('DenySilencingAlarms', ALARMS, {}, launching, { except: [SCALING_ALARMS] }),
    deny('DenyChangingStorage', STORAGE, {}, known),
    deny('DenyGrantsToOthers', ['kms:CreateGrant'], { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false' } }, known),
    deny('DenySharingOutside', ['ram:CreateResourceShare', 'ram:UpdateResourceShare'], { Bool: { 'ram:RequestedAllowsExternalPrincipals': 'true' } }, known),
    deny('DenyOpeningNetwork', NETWORK, {}, known),
    deny('DenyChangingIdentities', permissionsBoundary === undefined ? [...IDENTITIES, ...ROLES] : IDENTITIES, {}, known),
    ...(permissionsBoundary === undefined ? [] : [
      deny('DenyRolesWithoutBoundary', ROLES, { ArnNotLike: { 'iam:PermissionsBoundary': permissionsBoundary } }, known),
      // Their names are what other denials and policies of resources know them by, whatever boundary they have.
      deny('DenyRolesOfDeployment', ROLES, {}, known, [...known, ...OF_ENVIRONMENTS]),
    ]),
    // A stack keeps the role that deployed it: who changes the stack acts as that role. Studio's own projects are no such stacks.
    deny('DenyChangingStacks', STACKS, {}, launching, { except: ['arn:*:cloudformation:*:*:stack/SP-*'] }), // eslint-disable-line no-restricted-syntax -- no partition
    deny('DenyDeployingAsOthers', ['iam:PassRole', 'sts:AssumeRole'], {}, known, deploying),
    ...(exempt.length === 0 ? [] : [deny('DenyPassingExemptRoles', ['iam:PassRole'], {}, known, exempt)]),
  ];
}
