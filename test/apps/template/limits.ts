import { Resource, Template, Value, resourcesOf } from './template';
import { WrittenOut } from './written-out';

/** Something that AWS would refuse for its size. */
export interface Excess {
  readonly what: string;
  readonly size: number;
  readonly limit: number;
}

/** How large something is, and how large it may be. */
export type Measure = Excess;

type PropertyLimit = readonly [type: string, property: string, limit: number];

/** Policies, in characters without white space. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const POLICIES: PropertyLimit[] = [
  ['AWS::IAM::ManagedPolicy', 'PolicyDocument', 6_144],
  ['AWS::IAM::Role', 'AssumeRolePolicyDocument', 2_048],
  ['AWS::S3::BucketPolicy', 'PolicyDocument', 20_480],
  ['AWS::KMS::Key', 'KeyPolicy', 32_768],
  ['AWS::EC2::VPCEndpoint', 'PolicyDocument', 20_480],
  ['AWS::ECR::Repository', 'RepositoryPolicyText', 10_240],
];

const NAMES: PropertyLimit[] = [
  ['AWS::IAM::Role', 'RoleName', 64],
  ['AWS::IAM::Role', 'Description', 1_000],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName', 128],
  ['AWS::IAM::ManagedPolicy', 'Description', 1_000],
  ['AWS::S3::Bucket', 'BucketName', 63],
  ['AWS::KMS::Alias', 'AliasName', 256],
  ['AWS::KMS::Key', 'Description', 8_192],
  ['AWS::Lambda::Function', 'FunctionName', 64],
  ['AWS::Lambda::Function', 'Description', 256],
  ['AWS::Logs::LogGroup', 'LogGroupName', 512],
  ['AWS::SageMaker::Domain', 'DomainName', 63],
  ['AWS::SageMaker::UserProfile', 'UserProfileName', 63],
  ['AWS::SageMaker::StudioLifecycleConfig', 'StudioLifecycleConfigName', 63],
  ['AWS::EC2::SecurityGroup', 'GroupName', 255],
  ['AWS::EC2::SecurityGroup', 'GroupDescription', 255],
  ['AWS::NetworkFirewall::Firewall', 'FirewallName', 128],
  ['AWS::NetworkFirewall::FirewallPolicy', 'FirewallPolicyName', 128],
  ['AWS::NetworkFirewall::RuleGroup', 'RuleGroupName', 128],
  ['AWS::SSM::Parameter', 'Name', 1_011],
  ['AWS::SSM::Parameter', 'Value', 4_096],
  ['AWS::CodeArtifact::Domain', 'DomainName', 50],
  ['AWS::CodeArtifact::Repository', 'RepositoryName', 100],
];

/** AWS's default; an increase has to be asked for. */
const POLICIES_PER_ROLE = 10;
/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const TEMPLATE = { bytes: 1_000_000, resources: 500, parameters: 200, outputs: 200 };

/** Every size in a template that AWS limits; what it imports is looked up in the other templates of its app. */
export function measures(template: Template, body: string, others: Template[] = []): Measure[] {
  const written = new WrittenOut(template, others);
  return [
    { what: 'template body in bytes', size: Buffer.byteLength(body), limit: TEMPLATE.bytes },
    { what: 'resources', size: Object.keys(template.Resources).length, limit: TEMPLATE.resources },
    { what: 'parameters', size: Object.keys(template.Parameters ?? {}).length, limit: TEMPLATE.parameters },
    { what: 'outputs', size: Object.keys(template.Outputs ?? {}).length, limit: TEMPLATE.outputs },
    ...measured(template, POLICIES, (value) => written.json(value).replace(/\s/g, '').length),
    ...measured(template, NAMES, (value) => written.text(value).length),
    ...policiesPerRole(template),
  ];
}

export function excesses(template: Template, body: string, others: Template[] = []): Excess[] {
  return measures(template, body, others).filter(({ size, limit }) => size > limit);
}

function measured(template: Template, limits: PropertyLimit[], sizeOf: (value: Value) => number): Measure[] {
  return limits.flatMap(([type, property, limit]) => resourcesOf(template, type).flatMap(([id, { Properties = {} }]) =>
    Properties[property] === undefined ? [] : [{ what: `${id}.${property}`, size: sizeOf(Properties[property]), limit }]));
}

function policiesPerRole(template: Template): Measure[] {
  const attached = resourcesOf(template, 'AWS::IAM::ManagedPolicy').flatMap(([, policy]) => rolesOf(policy));
  return resourcesOf(template, 'AWS::IAM::Role').map(([id, role]) => ({
    what: `managed policies of ${id}`,
    size: attached.filter((one) => one === id).length + ((role.Properties?.ManagedPolicyArns ?? []) as Value[]).length,
    limit: POLICIES_PER_ROLE,
  }));
}

function rolesOf(policy: Resource): string[] {
  return ((policy.Properties?.Roles ?? []) as Value[]).map((role) => String((role as { Ref?: string } | null)?.Ref));
}
