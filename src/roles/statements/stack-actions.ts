/**
 * IAM actions that placing a target takes, by what they are for: those that CloudFormation's handlers of the target's
 * resource types ask for, without what they would need for properties that a target does not have.
 */

const actions = (service: string, names: string) => names.split(' ').map((name) => `${service}:${name}`);

/** Descriptions, none of which takes a resource. */
export const SEE_ANYTHING = [
  ...actions('ec2', 'DescribeAccountAttributes DescribeAvailabilityZones DescribeFlowLogs DescribeInstances DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroupRules '
    + 'DescribeSecurityGroups DescribeSubnets DescribeTags DescribeVpcAttribute DescribeVpcEncryptionControls DescribeVpcEndpoints DescribeVpcs'),
  ...actions('kms', 'ListAliases'),
  ...actions('logs', 'DescribeIndexPolicies DescribeLogGroups DescribeResourcePolicies'),
  ...actions('cloudformation', 'ValidateTemplate GetTemplateSummary'),
];

/** Parts of a network come. */
export const CREATE_NETWORK = actions('ec2', 'CreateVpc CreateSubnet CreateRouteTable CreateSecurityGroup CreateVpcEndpoint CreateFlowLogs');
/** Parts of a network change and go. */
export const CHANGE_NETWORK = actions('ec2', 'ModifyVpcAttribute ModifySubnetAttribute AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation '
  + 'AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress '
  + 'UpdateSecurityGroupRuleDescriptionsIngress UpdateSecurityGroupRuleDescriptionsEgress ModifyVpcEndpoint '
  + 'DeleteVpc DeleteSubnet DeleteRouteTable DeleteSecurityGroup DeleteVpcEndpoints DeleteFlowLogs');
/** Delivery of flow logs comes and goes. */
export const DELIVER_LOGS = actions('logs', 'CreateLogDelivery DeleteLogDelivery');

/** A role comes. */
export const CREATE_ROLE = actions('iam', 'CreateRole PutRolePermissionsBoundary');
/** A role changes and goes. */
export const CHANGE_ROLE = actions('iam', 'GetRole TagRole UntagRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole '
  + 'ListAttachedRolePolicies ListRolePolicies');
/** A role gets and loses policies. */
export const ATTACH_POLICY = actions('iam', 'AttachRolePolicy DetachRolePolicy');
/** A policy comes, changes and goes. */
export const CHANGE_POLICY = actions('iam', 'CreatePolicy GetPolicy GetPolicyVersion ListPolicyVersions ListEntitiesForPolicy CreatePolicyVersion DeletePolicyVersion '
  + 'DeletePolicy');

/** A key comes. */
export const START_KEY = actions('kms', 'DescribeKey GetKeyPolicy GetKeyRotationStatus ListResourceTags EnableKeyRotation TagResource');
/** A key changes and goes. */
export const CHANGE_KEY = actions('kms', 'EnableKey DisableKey DisableKeyRotation PutKeyPolicy UpdateKeyDescription UntagResource ScheduleKeyDeletion');
/** A key gets and loses its name. */
export const NAME_KEY = actions('kms', 'CreateAlias UpdateAlias DeleteAlias');

/** A key is used for a repository: ECR asks as who makes it. */
export const LEND_KEY = actions('kms', 'CreateGrant');

/** And no longer: ECR asks as who deletes it, and KMS says of a grant that goes nothing about whose it is. */
export const TAKE_KEY_BACK = actions('kms', 'RetireGrant');

/** A repository of images comes, changes and goes; no image of it. */
export const CHANGE_REPOSITORY = actions('ecr', 'CreateRepository DescribeRepositories DeleteRepository TagResource UntagResource ListTagsForResource '
  + 'GetRepositoryPolicy DeleteRepositoryPolicy GetLifecyclePolicy DeleteLifecyclePolicy PutImageScanningConfiguration PutImageTagMutability');

/** A log group comes, changes and goes. */
export const CHANGE_LOG_GROUP = actions('logs', 'CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey DisassociateKmsKey TagResource '
  + 'UntagResource ListTagsForResource GetDataProtectionPolicy');

/** A bucket comes, changes and goes; nothing of what is in it. */
export const CHANGE_BUCKET = actions('s3', 'CreateBucket DeleteBucket ListBucket GetBucketPolicy PutBucketPolicy DeleteBucketPolicy GetBucketTagging PutBucketTagging '
  + 'TagResource UntagResource ListTagsForResource GetEncryptionConfiguration PutEncryptionConfiguration GetLifecycleConfiguration PutLifecycleConfiguration '
  + 'GetBucketPublicAccessBlock PutBucketPublicAccessBlock GetBucketVersioning PutBucketVersioning GetBucketOwnershipControls PutBucketOwnershipControls '
  + 'GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketCORS GetBucketLogging GetBucketMetadataTableConfiguration GetBucketNotification '
  + 'GetBucketObjectLockConfiguration GetBucketWebsite GetIntelligentTieringConfiguration GetInventoryConfiguration GetMetricsConfiguration GetReplicationConfiguration');

/** A group of schedules comes, changes and goes. */
export const CHANGE_SCHEDULE_GROUP = actions('scheduler', 'CreateScheduleGroup GetScheduleGroup DeleteScheduleGroup TagResource UntagResource ListTagsForResource');

/** A queue and its policy come, change and go; no message of it. */
export const CHANGE_QUEUE = actions('sqs', 'CreateQueue DeleteQueue GetQueueAttributes SetQueueAttributes GetQueueUrl ListQueueTags TagQueue UntagQueue');

/** A parameter comes, changes and goes. */
export const CHANGE_PARAMETER = actions('ssm', 'PutParameter DeleteParameter GetParameters AddTagsToResource RemoveTagsFromResource ListTagsForResource');
