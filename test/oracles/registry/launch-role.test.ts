import { BOUNDARY, launchedEnvironment } from './launch';
import { arnsOf, isNoticed, LaunchRow, OF_AN_ENVIRONMENT, outcomeOf, passed, weakenedRoles } from './launch-rows';
import { ACCOUNTS, REGION } from '../../access/request/organization';
import { Context } from '../../access/request/requester';

const { role } = launchedEnvironment().deployment;
const { id } = ACCOUNTS.data;
const { here, elsewhere } = arnsOf(id);
const ROLE = `arn:aws:iam::${id}:role/churn--publisher-${REGION}`;
const POLICY = `arn:aws:iam::${id}:policy/SC-${id}-pp-abcdefghijklm-Policy`;
const ADMINISTRATOR = `arn:aws:iam::${id}:role/Administrator`;
const APPLICATION = 'arn:aws:sso::999999999999:application/ssoins-1234567890123456/apl-1234567890123456';
const bounded: Context = { 'iam:PermissionsBoundary': BOUNDARY };
const attached = (policy: string): Context => ({ ...bounded, 'iam:PolicyARN': policy });

const through = (service: string): Context => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });

const ROWS: LaunchRow[] = [
  ['makes roles of environments with the permissions boundary', 'allow', 'iam:CreateRole', ROLE, bounded],
  ['makes none without it', 'deny', 'iam:CreateRole', ROLE, {}],
  ['makes none with another one', 'deny', 'iam:CreateRole', ROLE, { 'iam:PermissionsBoundary': `arn:aws:iam::${id}:policy/another` }],
  ['makes none that is called otherwise', 'deny', 'iam:CreateRole', ADMINISTRATOR, bounded],
  ['takes no boundary away', 'deny', 'iam:DeleteRolePermissionsBoundary', ROLE, bounded],
  ['puts no other boundary in its place', 'deny', 'iam:PutRolePermissionsBoundary', ROLE, { 'iam:PermissionsBoundary': `arn:aws:iam::${id}:policy/another` }],
  ['attaches policies of its stacks', 'allow', 'iam:AttachRolePolicy', ROLE, attached(POLICY)],
  ['attaches none of AWS', 'deny', 'iam:AttachRolePolicy', ROLE, attached('arn:aws:iam::aws:policy/AdministratorAccess')],
  ['attaches none to a role without the boundary', 'deny', 'iam:AttachRolePolicy', ROLE, { 'iam:PolicyARN': POLICY }],
  ['writes no inline policy', 'deny', 'iam:PutRolePolicy', ROLE, bounded],
  ['changes no policy of others', 'deny', 'iam:CreatePolicyVersion', `arn:aws:iam::${id}:policy/boundary-of-teams`, {}],
  ['does not let itself be assumed by others', 'deny', 'iam:UpdateAssumeRolePolicy', role.arn!, {}],
  ['passes roles of environments to Lambda', 'allow', 'iam:PassRole', ROLE, passed('lambda')],
  ['passes none to another service', 'deny', 'iam:PassRole', ROLE, passed('ec2')],
  ['passes none of others', 'deny', 'iam:PassRole', ADMINISTRATOR, passed('lambda')],
  ['does not pass itself', 'deny', 'iam:PassRole', role.arn!, passed('lambda')],
  ['makes no users', 'deny', 'iam:CreateUser', `arn:aws:iam::${id}:user/anybody`, {}],
  ['assumes no roles', 'deny', 'sts:AssumeRole', ROLE, {}],
  ['reads nothing that environments publish', 'deny', 's3:GetObject', `arn:aws:s3:::secure-mlops-01234567-${id}-${REGION}/0123.zip`, {}],
  ['makes no stacks but those of Service Catalog', 'deny', 'cloudformation:CreateStack', here('cloudformation', 'stack/CDKToolkit/1'), {}],
  ['makes no network elsewhere', 'deny', 'ec2:CreateVpc', elsewhere('ec2', 'vpc/vpc-1'), {}],
  ['marks nothing elsewhere as it is made', 'deny', 'ec2:CreateTags', elsewhere('ec2', 'vpc/vpc-1'), { 'ec2:CreateAction': 'CreateVpc' }],
  ['marks nothing that is there already, and so no network of others', 'deny', 'ec2:CreateTags', here('ec2', 'vpc/vpc-1'), {}],
  ['changes no network of others', 'deny', 'ec2:ModifyVpcAttribute', here('ec2', 'vpc/vpc-1'), {}],
  ['changes networks of environments', 'allow', 'ec2:ModifyVpcAttribute', here('ec2', 'vpc/vpc-1'), OF_AN_ENVIRONMENT],
  ['changes no network elsewhere', 'deny', 'ec2:ModifyVpcAttribute', elsewhere('ec2', 'vpc/vpc-1'), OF_AN_ENVIRONMENT],
  ['opens no group elsewhere', 'deny', 'ec2:AuthorizeSecurityGroupIngress', elsewhere('ec2', 'security-group-rule/sgr-1'), {}],
  ['attaches policies to no other role', 'deny', 'iam:AttachRolePolicy', ADMINISTRATOR, attached(POLICY)],
  ['makes roles of services for its own services only', 'deny', 'iam:CreateServiceLinkedRole', `arn:aws:iam::${id}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    { 'iam:AWSServiceName': 'ecs.amazonaws.com' }],
  ['makes no other role by way of a service', 'deny', 'iam:CreateServiceLinkedRole', ADMINISTRATOR, { 'iam:AWSServiceName': 'sagemaker.amazonaws.com' }],
  ['looks at no key elsewhere', 'deny', 'kms:DescribeKey', elsewhere('kms', 'key/1'), {}],
  ['changes no key of others', 'deny', 'kms:EnableKey', here('kms', 'key/1'), {}],
  ['changes no key elsewhere', 'deny', 'kms:EnableKey', elsewhere('kms', 'key/1'), OF_AN_ENVIRONMENT],
  ['names no key as others do', 'deny', 'kms:CreateAlias', here('kms', 'alias/payroll'), {}],
  ['lends a key to services only', 'deny', 'kms:CreateGrant', here('kms', 'key/1'), {}],
  ['lends a key to people by no service', 'deny', 'kms:CreateGrant', here('kms', 'key/1'), through('ecr')],
  ['lends no key elsewhere', 'deny', 'kms:CreateGrant', elsewhere('kms', 'key/1'), { ...through('ecr'), 'kms:GrantIsForAWSResource': 'true' }],
  ['takes keys back through services only', 'deny', 'kms:RetireGrant', here('kms', 'key/1'), {}],
  ['takes no key back elsewhere', 'deny', 'kms:RetireGrant', elsewhere('kms', 'key/1'), through('ecr')],
  ['decrypts nothing itself', 'deny', 'kms:Decrypt', here('kms', 'key/1'), {}],
  ['decrypts nothing in buckets', 'deny', 'kms:Decrypt', here('kms', 'key/1'), through('s3')],
  ['decrypts nothing elsewhere', 'deny', 'kms:Decrypt', elsewhere('kms', 'key/1'), through('sagemaker')],
  ['makes no bucket that is called otherwise', 'deny', 's3:CreateBucket', 'arn:aws:s3:::payroll', {}],
  ['makes no log group of others', 'deny', 'logs:CreateLogGroup', here('logs', 'log-group:/aws/lambda/payroll'), {}],
  ['writes no parameter of others', 'deny', 'ssm:PutParameter', here('ssm', 'parameter/payroll'), {}],
  ['makes no repository of others', 'deny', 'ecr:CreateRepository', here('ecr', 'repository/payroll'), {}],
  ['makes no queue of others', 'deny', 'sqs:CreateQueue', here('sqs', 'payroll'), {}],
  ['makes no domain elsewhere', 'deny', 'sagemaker:CreateDomain', elsewhere('sagemaker', 'domain/d-1'), {}],
  ['looks at no image elsewhere', 'deny', 'sagemaker:DescribeImage', elsewhere('sagemaker', 'image/python'), {}],
  ['makes no alarm of others', 'deny', 'cloudwatch:PutMetricAlarm', here('cloudwatch', 'alarm:payroll'), {}],
  ['makes no bus of others', 'deny', 'events:CreateEventBus', here('events', 'event-bus/payroll'), {}],
  ['makes no work group of others', 'deny', 'athena:CreateWorkGroup', here('athena', 'workgroup/primary'), {}],
  ['makes no database of others', 'deny', 'glue:CreateDatabase', here('glue', 'database/payroll'), {}],
  ['looks at no package index of others', 'deny', 'codeartifact:DescribeDomain', here('codeartifact', 'domain/payroll'), {}],
  ['makes no product elsewhere', 'deny', 'servicecatalog:CreateProduct', elsewhere('catalog', 'product/prod-1'), {}],
  ['lets groups sign in to applications of the account', 'allow', 'sso:CreateApplicationAssignment', APPLICATION, { 'sso:ApplicationAccount': id }],
  ['lets nobody sign in to applications of other accounts', 'deny', 'sso:CreateApplicationAssignment', APPLICATION, { 'sso:ApplicationAccount': ACCOUNTS.foreign.id }],
  ['gives nobody a permission set', 'deny', 'sso:CreateAccountAssignment', `arn:aws:sso:::account/${id}`, {}],
  ['calls no function of others', 'deny', 'lambda:InvokeFunction', `arn:aws:lambda:${REGION}:${id}:function:anything`, {}],
];

test.each(ROWS)('the launch role of environments %s', async (_, expected, action, arn, context) => {
  expect(await outcomeOf(role, action, arn, context)).toBe(expected);
});

test.each(weakenedRoles(role))('a row notices %s', async (_, actions, who) => {
  expect(await isNoticed(ROWS, actions, who)).toBe(true);
});
