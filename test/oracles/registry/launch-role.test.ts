import { BOUNDARY, launchedEnvironment } from './launch';
import { ACCOUNTS, REGION } from '../../access/request/organization';
import { Context } from '../../access/request/requester';
import { Simulator } from '../../access/simulator';

const { role } = launchedEnvironment().deployment;
const { id } = ACCOUNTS.data;
const ROLE = `arn:aws:iam::${id}:role/churn--publisher-${REGION}`;
const POLICY = `arn:aws:iam::${id}:policy/SC-${id}-pp-abcdefghijklm-Policy`;
const ADMINISTRATOR = `arn:aws:iam::${id}:role/Administrator`;
const bounded: Context = { 'iam:PermissionsBoundary': BOUNDARY };
const attached = (policy: string): Context => ({ ...bounded, 'iam:PolicyARN': policy });
const passed = (service: string): Context => ({ 'iam:PassedToService': `${service}.amazonaws.com` });

test.each<[string, 'allow' | 'deny', string, string, Context]>([
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
  ['calls no function of others', 'deny', 'lambda:InvokeFunction', `arn:aws:lambda:${REGION}:${id}:function:anything`, {}],
])('the launch role of environments %s', async (_, expected, action, arn, context) => {
  const { outcome } = await new Simulator().decide({ action, who: role, on: { arn, account: ACCOUNTS.data }, context });
  expect(outcome).toBe(expected);
});
