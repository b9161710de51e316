import { Deployed } from './deployed';

/** A policy of an app. */
export interface Policy {
  /** Unlike any other's: stack and logical id of what holds it. */
  readonly name: string;
  /** Path of the construct that makes it. */
  readonly path: string;
  /** The document; none where it is not known before a deployment, or in no template. */
  readonly document?: PolicyDocument;
}

export interface PolicyDocument {
  readonly Version: string;
  readonly Statement: Record<string, unknown>[];
}

/** A role with everything that decides what it may do. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  /** Path of the construct that makes it. */
  readonly path: string;
  readonly trust: Policy;
  readonly policies: Policy[];
  readonly boundary?: Policy;
  readonly tags: Record<string, string>;
}

interface AttachedToRole { readonly Policies?: (Inline | undefined)[]; readonly ManagedPolicyArns?: unknown[] }
interface Inline { readonly PolicyName?: unknown; readonly PolicyDocument?: unknown }

/** The policies of an app, by what they are of. */
export class Policies {
  private readonly types = new Map<string, Deployed[]>();

  public constructor(resources: readonly Deployed[]) {
    for (const one of resources) this.types.set(one.type, [...this.types.get(one.type) ?? [], one]);
  }

  public roles(): Role[] {
    return this.of('AWS::IAM::Role').flatMap((resource) => {
      const { '': name, Arn: arn } = resource.attributes, { account, path } = resource;
      if (name === undefined || arn === undefined) return [];
      const { PermissionsBoundary: boundary, Tags: tags, AssumeRolePolicyDocument: trust } = resource.properties;
      return [{
        name,
        arn,
        account,
        path: path.replace(/\/Role$/, ''),
        trust: policyOf(resource, trust),
        policies: this.policiesOf(resource, name),
        ...('PermissionsBoundary' in resource.properties && { boundary: this.managed(boundary) }),
        tags: Object.fromEntries(((tags ?? []) as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
      }];
    });
  }

  /** The policy of a bucket: none, if no template gives it one. */
  public ofBucket(arn: string): Policy | undefined {
    const found = this.of('AWS::S3::BucketPolicy').find(({ properties: { Bucket } }) => arn.endsWith(`:::${String(Bucket)}`));
    return found && policyOf(found, found.properties.PolicyDocument);
  }

  public ofKey(arn: string): Policy | undefined {
    const found = this.of('AWS::KMS::Key').find(({ attributes }) => attributes.Arn === arn);
    return found && policyOf(found, found.properties.KeyPolicy);
  }

  /** Every document that is known. */
  public documents(): PolicyDocument[] {
    return [...this.of('AWS::IAM::ManagedPolicy'), ...this.of('AWS::IAM::Policy')].flatMap((one) => policyOf(one, one.properties.PolicyDocument).document ?? []);
  }

  public of(type: string): readonly Deployed[] {
    return this.types.get(type) ?? [];
  }

  /** A managed policy by its ARN. */
  public managed(arn: unknown): Policy {
    const found = this.of('AWS::IAM::ManagedPolicy').find(({ attributes }) => attributes[''] === arn);
    return found ? policyOf(found, found.properties.PolicyDocument) : unread(typeof arn === 'string' ? arn : 'a managed policy');
  }

  private policiesOf(resource: Deployed, name: string): Policy[] {
    const { properties, account } = resource, { Policies: inline = [], ManagedPolicyArns: managed = [] } = properties as AttachedToRole;
    const attached = [...this.of('AWS::IAM::Policy'), ...this.of('AWS::IAM::ManagedPolicy'), ...this.of('AWS::IAM::RolePolicy')]
      .filter((one) => one.account === account)
      .filter((one) => [one.properties.Roles ?? [], one.properties.RoleName ?? []].flat().some((role) => role === name || role === undefined));
    return [
      ...inline.map((one) => policyOf(resource, one?.PolicyDocument, `/${String(one?.PolicyName)}`)),
      ...managed.map((arn) => this.managed(arn)),
      ...attached.map((one) => policyOf(one, one.properties.PolicyDocument)),
    ];
  }
}

/** A policy that is in no template. */
export function unread(name: string): Policy {
  return { name, path: name };
}

/** What only a deployment knows of a document is not known here, and a document is known whole or not at all. */
export function policyOf({ stack, logicalId, path, isConditional }: Deployed, value: unknown, part = ''): Policy {
  const named = { name: `${stack}.${logicalId}${part}`, path: `${path}${part}` };
  if (isConditional || !isWhole(value)) return named;
  const document = typeof value === 'string' ? parsed(value) : value as Partial<PolicyDocument>;
  return document?.Statement === undefined ? named : { ...named, document: { Version: document.Version ?? '2012-10-17', Statement: [document.Statement].flat() } };
}

function parsed(text: string): Partial<PolicyDocument> | undefined {
  try {
    return JSON.parse(text) as Partial<PolicyDocument>;
  } catch {
    return undefined;
  }
}

function isWhole(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isWhole);
  return typeof value === 'object' && value !== null ? Object.values(value).every(isWhole) : value !== undefined;
}
