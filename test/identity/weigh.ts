import { runSimulation } from '@cloud-copilot/iam-simulate';
import { Template } from 'aws-cdk-lib/assertions';
import { ACCOUNT, REGION } from './parts';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type Object_ = { [name: string]: Json };

/** A statement of a role in a template. */
export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy of a template, without intrinsics. */
export interface Policy {
  readonly Statement: Statement[];
}

/** A question to IAM. */
export interface Question {
  readonly does: string;
  readonly on: string;
  readonly given?: Record<string, string | string[]>;
}

/** The managed policies of a role, by what its logical id begins with. */
export function policiesOf(template: Template, role: string): Policy[] {
  const roles = Object.keys(template.findResources('AWS::IAM::Role')).filter((id) => id.startsWith(role));
  if (roles.length !== 1) throw new Error(`${roles.length} roles begin with ${role}`);
  return Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
    .filter(({ Properties }) => (Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref === roles[0]))
    .map(({ Properties }) => plain(Properties.PolicyDocument as Json) as unknown as Policy);
}

/** Whether IAM lets a role do something. */
export function may(template: Template, role: string, question: Question): Promise<boolean> {
  return mayBy(policiesOf(template, role), `arn:aws:sts::${ACCOUNT}:assumed-role/somebody/session`, question);
}

/** The policies that a permission set has in the account of the template, by their names. */
export function policiesOfPermissionSet(template: Template): Policy[] {
  const [{ Properties }] = Object.values(template.findResources('AWS::SSO::PermissionSet'));
  const names = (Properties.CustomerManagedPolicyReferences as { Name: string }[]).map(({ Name }) => Name);
  const policies = new Map(Object.values(template.findResources('AWS::IAM::ManagedPolicy')).map(({ Properties: policy }) => [policy.ManagedPolicyName as string, policy.PolicyDocument as Json]));
  return names.map((name) => plain(policies.get(name)!) as unknown as Policy);
}

/** Whether IAM lets a session with these policies do something. Simulators drop Studio's policy variables: they are put in here. */
export async function mayBy(having: Policy[], principal: string, { does, on, given = {} }: Question): Promise<boolean> {
  const policies = JSON.parse(JSON.stringify(having)
    .replace(/\$\{sagemaker:DomainId\}/g, 'd-abcdefghijkl').replace(/\$\{sagemaker:UserProfileName\}/g, 'alice')) as Policy[];
  const result = await runSimulation({
    request: {
      principal,
      action: does,
      resource: { resource: on, accountId: ACCOUNT },
      contextVariables: given,
    },
    identityPolicies: policies.map((policy, index) => ({ name: `policy${index}`, policy: pipelineStages(policy) })),
    resourcePolicy: does.startsWith('kms:') ? KEY_POLICY : undefined,
    serviceControlPolicies: [],
    resourceControlPolicies: [],
  }, {});
  if (result.resultType === 'error') throw new Error(JSON.stringify(result.errors));
  return result.overallResult === 'Allowed';
}

/** A key that leaves it to identity policies. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** Stages of delivery pipelines have no resource type in their ARN, which the simulator takes for a mistake. */
function pipelineStages(policy: Policy): unknown {
  return JSON.parse(JSON.stringify(policy).replace(/arn:aws:codepipeline:[^"]*/g, (arn) => (/\*.*\//.test(arn) ? arn.replace(/\//g, '?') : arn)));
}

/** How many characters a policy has on AWS, where region, account and partition have their longest names. */
export function sizeOf(document: unknown): number {
  return JSON.stringify(plain(document as Json, LONGEST)).length;
}

const HERE: Object_ = { 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com', 'AWS::Region': REGION, 'AWS::AccountId': ACCOUNT };
const LONGEST: Object_ = { 'AWS::Partition': 'aws-us-gov', 'AWS::URLSuffix': 'amazonaws.com.cn', 'AWS::Region': 'ap-northeast-1', 'AWS::AccountId': ACCOUNT };

/** Intrinsics of these templates, with their values. */
function plain(value: Json, values: Object_ = HERE): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => plain(one, values));
  const [name, ...others] = Object.keys(value);
  if (others.length === 0 && name === 'Ref') return values[value.Ref as string] ?? 'x'.repeat(20);
  if (others.length === 0 && name === 'Fn::Join') return (plain((value[name] as Json[])[1], values) as string[]).join((value[name] as string[])[0]);
  if (others.length === 0 && name === 'Fn::GetAtt') return nameOf((value[name] as string[])[0]);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member, values)]));
}

/** ARN of an execution role, which policies refer to by its logical id. */
function nameOf(id: string): string {
  const [, name] = /^Roles(Studio|DataPreparation|Pipeline|Job|Model)Role/.exec(id) ?? [];
  const names: Object_ = { Studio: 'studio-execution', DataPreparation: 'data-preparation', Pipeline: 'pipeline-execution', Job: 'job-execution', Model: 'model-execution' };
  return `arn:aws:iam::${ACCOUNT}:role/churn--${names[name ?? ''] ?? id}-${REGION}`;
}
