import { targetByForm } from './deployments';
import { arnsOf, isNoticed, LaunchRow, OF_AN_ENVIRONMENT, outcomeOf, passed, weakenedRoles } from './launch-rows';
import { ACCOUNTS, REGION } from '../../access/request/organization';
import { Context } from '../../access/request/requester';
import { TARGET_BOUNDARY } from '../product-of-targets';

const { role } = targetByForm();
const { id } = ACCOUNTS.target;
const { here, elsewhere } = arnsOf(id);
const ROLE = `arn:aws:iam::${id}:role/churn--staging--deployment-${REGION}`;
const OF_STACK = `arn:aws:iam::${id}:role/SC-${id}-pp-abcdefghijklm-FlowLogs`;
const POLICY = `arn:aws:iam::${id}:policy/SC-${id}-pp-abcdefghijklm-Policy`;
const ADMINISTRATOR = `arn:aws:iam::${id}:role/Administrator`;
const bounded: Context = { 'iam:PermissionsBoundary': TARGET_BOUNDARY };
const attached = (policy: string): Context => ({ ...bounded, 'iam:PolicyARN': policy });
const throughEcr: Context = { 'kms:ViaService': `ecr.${REGION}.amazonaws.com` };

const ROWS: LaunchRow[] = [
  ['makes roles of targets with the permissions boundary', 'allow', 'iam:CreateRole', ROLE, bounded],
  ['makes none without it', 'deny', 'iam:CreateRole', ROLE, {}],
  ['makes none with another one', 'deny', 'iam:CreateRole', ROLE, { 'iam:PermissionsBoundary': `arn:aws:iam::${id}:policy/another` }],
  ['makes none of a stage that is not offered', 'deny', 'iam:CreateRole', ROLE.replace('staging', 'production'), bounded],
  ['makes none of an environment', 'deny', 'iam:CreateRole', `arn:aws:iam::${id}:role/churn--publisher-${REGION}`, bounded],
  ['makes none that is called otherwise', 'deny', 'iam:CreateRole', ADMINISTRATOR, bounded],
  ['changes none that is called otherwise', 'deny', 'iam:UpdateAssumeRolePolicy', ADMINISTRATOR, {}],
  ['does not let itself be assumed by others', 'deny', 'iam:UpdateAssumeRolePolicy', role.arn!, {}],
  ['attaches policies of its stacks', 'allow', 'iam:AttachRolePolicy', ROLE, attached(POLICY)],
  ['attaches none of AWS', 'deny', 'iam:AttachRolePolicy', ROLE, attached('arn:aws:iam::aws:policy/AdministratorAccess')],
  ['attaches policies to no other role', 'deny', 'iam:AttachRolePolicy', ADMINISTRATOR, attached(POLICY)],
  ['changes no policy of others', 'deny', 'iam:CreatePolicyVersion', TARGET_BOUNDARY, {}],
  ['passes the role of flow logs', 'allow', 'iam:PassRole', OF_STACK, passed('vpc-flow-logs')],
  ['passes it to no other service', 'deny', 'iam:PassRole', OF_STACK, passed('lambda')],
  ['passes none of the target', 'deny', 'iam:PassRole', ROLE, passed('vpc-flow-logs')],
  ['assumes no roles', 'deny', 'sts:AssumeRole', ROLE, {}],
  ['makes no stacks but those of Service Catalog', 'deny', 'cloudformation:CreateStack', here('cloudformation', 'stack/CDKToolkit/1'), {}],
  ['reads templates that Service Catalog hands over', 'allow', 's3:GetObject', 'arn:aws:s3:::anywhere/template', { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' }],
  ['reads nothing else', 'deny', 's3:GetObject', 'arn:aws:s3:::churn--releases/model.tar.gz', {}],
  ['makes no network elsewhere', 'deny', 'ec2:CreateVpc', elsewhere('ec2', 'vpc/vpc-1'), {}],
  ['marks nothing elsewhere as it is made', 'deny', 'ec2:CreateTags', elsewhere('ec2', 'vpc/vpc-1'), { 'ec2:CreateAction': 'CreateVpc' }],
  ['marks nothing that is there already, and so no network of others', 'deny', 'ec2:CreateTags', here('ec2', 'vpc/vpc-1'), {}],
  ['changes no network of others', 'deny', 'ec2:ModifyVpcAttribute', here('ec2', 'vpc/vpc-1'), {}],
  ['changes networks of targets', 'allow', 'ec2:ModifyVpcAttribute', here('ec2', 'vpc/vpc-1'), OF_AN_ENVIRONMENT],
  ['changes no network elsewhere', 'deny', 'ec2:ModifyVpcAttribute', elsewhere('ec2', 'vpc/vpc-1'), OF_AN_ENVIRONMENT],
  ['opens no group elsewhere', 'deny', 'ec2:AuthorizeSecurityGroupIngress', elsewhere('ec2', 'security-group-rule/sgr-1'), {}],
  ['starts no key elsewhere', 'deny', 'kms:EnableKeyRotation', elsewhere('kms', 'key/1'), {}],
  ['changes no key of others', 'deny', 'kms:PutKeyPolicy', here('kms', 'key/1'), {}],
  ['changes no key elsewhere', 'deny', 'kms:PutKeyPolicy', elsewhere('kms', 'key/1'), OF_AN_ENVIRONMENT],
  ['names no key as others do', 'deny', 'kms:CreateAlias', here('kms', 'alias/payroll'), {}],
  ['lends a key to people by no service', 'deny', 'kms:CreateGrant', here('kms', 'key/1'), throughEcr],
  ['lends no key elsewhere', 'deny', 'kms:CreateGrant', elsewhere('kms', 'key/1'), { ...throughEcr, 'kms:GrantIsForAWSResource': 'true' }],
  ['takes keys back through ECR only', 'deny', 'kms:RetireGrant', here('kms', 'key/1'), {}],
  ['takes no key back elsewhere', 'deny', 'kms:RetireGrant', elsewhere('kms', 'key/1'), throughEcr],
  ['decrypts nothing', 'deny', 'kms:Decrypt', here('kms', 'key/1'), throughEcr],
  ['makes no bucket that is called otherwise', 'deny', 's3:CreateBucket', 'arn:aws:s3:::payroll', {}],
  ['makes no log group of others', 'deny', 'logs:CreateLogGroup', here('logs', 'log-group:/aws/lambda/payroll'), {}],
  ['writes no parameter of an environment', 'deny', 'ssm:PutParameter', here('ssm', 'parameter/secure-mlops/churn/network/vpc-id'), {}],
  ['makes no repository of others', 'deny', 'ecr:CreateRepository', here('ecr', 'repository/payroll'), {}],
  ['makes no group of schedules of others', 'deny', 'scheduler:CreateScheduleGroup', here('scheduler', 'schedule-group/payroll'), {}],
  ['makes no queue of others', 'deny', 'sqs:CreateQueue', here('sqs', 'payroll'), {}],
  ['makes no alarm of others', 'deny', 'cloudwatch:PutMetricAlarm', here('cloudwatch', 'alarm:payroll'), {}],
  ['calls no functions', 'deny', 'lambda:InvokeFunction', here('lambda', 'function:anything'), {}],
];

test.each(ROWS)('the launch role of targets %s', async (_, expected, action, arn, context) => {
  expect(await outcomeOf(role, action, arn, context)).toBe(expected);
});

test.each(weakenedRoles(role))('a row notices %s', async (_, actions, who) => {
  expect(await isNoticed(ROWS, actions, who)).toBe(true);
});
