import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { MemberContext, RoleCard } from './card';
import { LAUNCH, LAUNCH_LISTS } from './project-launch';
import { SERVICE_CATALOG } from './service-trust';
import { EnvironmentRole } from '../names';
import { findPeople } from './statements/find-people';
import { arnIn } from '../private/arn';

const ec2 = (...names: string[]) => names.map((name) => `ec2:${name}`);
const sagemaker = (...names: string[]) => names.map((name) => `sagemaker:${name}`);

/** Makes and removes what a member has whom an administrator adds by a form: a profile and a security group. */
export const MEMBER_LAUNCH: RoleCard<MemberContext> = {
  role: EnvironmentRole.MEMBER_LAUNCH,
  id: 'MemberLaunch',
  onlyWith: 'members',
  description: 'Adds and removes members of an environment',
  assumedBy: [SERVICE_CATALOG],
  may: (context) => [
    ...changeGroups(context),
    new PolicyStatement({
      actions: sagemaker('CreateUserProfile', 'DescribeUserProfile', 'UpdateUserProfile', 'DeleteUserProfile', 'AddTags', 'DeleteTags', 'ListTags'),
      resources: context.arns.here('sagemaker', `user-profile/${context.domainId}/*`),
    }),
    // CloudFormation asks it for what becomes of a member's work.
    new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [context.cleanUpArn] }),
    ...context.signsInByPortal ? [findPeople()] : [],
    new PolicyStatement({ actions: ['ssm:GetParameters'], resources: context.arns.parameters }),
    new PolicyStatement({ actions: LAUNCH.stacks, resources: context.arns.here('cloudformation', 'stack/SC-*') }),
    new PolicyStatement({ actions: LAUNCH_LISTS.templates, resources: ['*'] }), // of a template that is no stack yet
    // Service Catalog keeps templates in buckets of its own, whose names it does not tell, and marks what may be launched.
    new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], conditions: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } } }),
  ],
  buckets: [],
  passes: { sagemaker: [EnvironmentRole.STUDIO_EXECUTION, EnvironmentRole.DATA_PREPARATION] },
  never: [
    'iam:Create*', 'iam:Put*', 'iam:Attach*', 'sts:*', 's3:PutObject', 'kms:*', 'sagemaker:CreateDomain', 'sagemaker:UpdateDomain', 'sagemaker:DeleteDomain',
    'sagemaker:CreatePresignedDomainUrl', 'sagemaker:Create*Job', 'sagemaker:DeleteApp', 'sagemaker:DeleteSpace', 'ec2:CreateNetworkInterface', 'ec2:DeleteVpc',
  ],
};

/** Groups of members, in the environment's network and told by their tags: those of everybody are not touched. */
function changeGroups({ scope, names, arns, vpcId }: MemberContext): PolicyStatement[] {
  const groups = arns.here('ec2', 'security-group/*'); // EC2 makes up the ids
  const vpc = arnIn(scope, 'ec2', `vpc/${vpcId}`, { account: '*' }); // it may be shared by another account
  const ofMember = { StringEquals: { 'aws:ResourceTag/environment': names.environmentName }, Null: { [`aws:ResourceTag/${MEMBER_TAG}`]: 'false' } };
  return [
    new PolicyStatement({ actions: ec2('DescribeInstances', 'DescribeSecurityGroups', 'DescribeSecurityGroupRules'), resources: ['*'] }), // EC2 describes for the account as a whole
    new PolicyStatement({ actions: ec2('CreateSecurityGroup'), resources: [...groups, vpc] }),
    new PolicyStatement({ actions: ec2('CreateTags'), resources: groups, conditions: { StringEquals: { 'ec2:CreateAction': 'CreateSecurityGroup' } } }),
    new PolicyStatement({
      actions: ec2(
        'AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress', 'RevokeSecurityGroupIngress', 'RevokeSecurityGroupEgress', 'UpdateSecurityGroupRuleDescriptionsIngress',
        'UpdateSecurityGroupRuleDescriptionsEgress', 'DeleteSecurityGroup',
      ),
      resources: groups,
      conditions: { ...ofMember, ArnLike: { 'ec2:Vpc': vpc } },
    }),
    new PolicyStatement({ actions: ec2('CreateTags', 'DeleteTags'), resources: groups, conditions: ofMember }), // EC2 does not say in which VPC
    // Rules have no tags; the group that they are in has.
    new PolicyStatement({ actions: ec2('AuthorizeSecurityGroupIngress', 'AuthorizeSecurityGroupEgress'), resources: arns.here('ec2', 'security-group-rule/*') }),
  ];
}

/** Tag of a member's security group, with the member's name. */
export const MEMBER_TAG = 'member';
