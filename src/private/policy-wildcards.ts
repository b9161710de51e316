import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnPolicy, CfnRole, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { WrittenPolicy, writtenIn } from './written-policies';

/** A wildcard in what a policy allows. */
export interface PolicyWildcard {
  /** As cdk-nag calls it, with references written in angle brackets: `Resource::<Bucket.Arn>/*`. */
  readonly finding: string;
  /** The same without what differs from app to app; for every resource, one text for each action: `Resource::*(ec2:DescribeVpcs)`. */
  readonly texts: string[];
}

interface Document {
  readonly Statement?: Statement[];
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | string[];
  readonly Resource?: unknown;
}

interface Reference {
  readonly 'Fn::Join'?: [string, unknown];
  readonly 'Fn::Sub'?: unknown;
  readonly 'Fn::GetAtt'?: [unknown, unknown];
  readonly 'Fn::ImportValue'?: unknown;
  readonly 'Ref'?: unknown;
}

/** The wildcards in what a resource's policies allow. */
export function wildcardsOf(resource: CfnResource): PolicyWildcard[] {
  const found = new Map<string, Set<string>>();
  const add = (finding: string, text: string) => found.set(finding, (found.get(finding) ?? new Set()).add(text));
  for (const { Effect, Action, Resource } of documentsOf(resource).flatMap(({ Statement = [] }) => Statement)) {
    if (Effect !== 'Allow') continue;
    const actions = listOf(Action) as string[];
    for (const action of actions.filter((one) => one.includes('*'))) add(`Action::${action}`, `Action::${action}`);
    for (const one of listOf(Resource).map(textOf).filter((text) => text.includes('*'))) {
      for (const text of one === '*' ? actions.map((action) => `*(${action})`) : [withoutPlace(one)]) add(`Resource::${one}`, `Resource::${text}`);
    }
  }
  return [...found].map(([finding, texts]) => ({ finding, texts: [...texts] }));
}

function documentsOf(resource: CfnResource): Document[] {
  const resolve = (value: unknown): unknown => Stack.of(resource).resolve(value);
  if (resource instanceof CfnManagedPolicy || resource instanceof CfnPolicy) {
    const { policyDocument: policy } = resource;
    if (!(policy instanceof WrittenPolicy)) return [resolve(allowedIn(policy)) as Document];
    return [writtenIn(Stack.of(resource), resolve(allowedIn(policy.document))) as Document]; // packs see it as it is written
  }
  if (!(resource instanceof CfnRole)) return [];
  return ((resolve(resource.policies) ?? []) as { policyDocument: Document }[]).map(({ policyDocument }) => policyDocument);
}

/** What a policy allows, without its conditions: these are the most of it, and nobody looks at them here. */
function allowedIn(document: unknown): unknown {
  if (!(document instanceof PolicyDocument)) return document;
  const { Statement = [] } = (document.toJSON() ?? {}) as Document;
  return { Statement: Statement.filter(({ Effect }) => Effect === 'Allow').map(({ Effect, Action, Resource }) => ({ Effect, Action, Resource })) };
}

/** A resource of a policy as flat text. */
function textOf(node: unknown): string {
  if (node === undefined) return '';
  if (typeof node === 'string') return node.replace(/\$\{/g, '<').replace(/\}/g, '>');
  const reference = node as Reference;
  const [delimiter, parts] = reference['Fn::Join'] ?? [];
  if (Array.isArray(parts)) return parts.map(textOf).join(delimiter);
  if (reference['Fn::Sub']) return textOf(reference['Fn::Sub']);
  if (reference['Fn::GetAtt']) return `<${reference['Fn::GetAtt'].map(textOf).join('.')}>`;
  if (reference['Fn::ImportValue']) return textOf(reference['Fn::ImportValue']);
  if (reference.Ref) return `<${textOf(reference.Ref)}>`;
  return JSON.stringify(node);
}

/** An ARN without partition, region and account, which an app knows or does not. */
function withoutPlace(text: string): string {
  return text
    .replace(/^arn:(<AWS::Partition>|aws[a-z-]*):/, 'arn:PARTITION:')
    .replace(/^(arn:PARTITION:[\w-]+):(?:<AWS::Region>|[a-z]{2,4}(?:-[a-z]+)+-\d):/, '$1:REGION:')
    .replace(/^(arn:PARTITION:[\w-]+:(?:REGION|\*)?):(?:<AWS::AccountId>|\d{12}):/, '$1:ACCOUNT:');
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
