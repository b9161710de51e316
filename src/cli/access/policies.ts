import { Deployed } from './deployed';

/** A policy of an app. */
export interface Policy {
  /** Logical id of what holds it. */
  readonly name: string;
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
  readonly resource: Deployed;
  readonly trust: Policy;
  readonly policies: Policy[];
  readonly boundary?: Policy;
  readonly tags: Record<string, string>;
}

interface AttachedToRole { readonly Policies?: (Inline | undefined)[]; readonly ManagedPolicyArns?: unknown[] }
interface Inline { readonly PolicyName?: unknown; readonly PolicyDocument?: unknown }

/** The policies of an app, by what they are of. */
export class Policies {
  public constructor(private readonly resources: readonly Deployed[]) {}

  public roles(): Role[] {
    return this.of('AWS::IAM::Role').flatMap((resource) => {
      const { '': name, Arn: arn } = resource.attributes;
      if (name === undefined || arn === undefined) return [];
      const { PermissionsBoundary: boundary, Tags: tags = [], AssumeRolePolicyDocument: trust } = resource.properties;
      return [{
        name,
        arn,
        resource,
        trust: policyOf(resource, trust),
        policies: this.policiesOf(resource, name),
        ...('PermissionsBoundary' in resource.properties && { boundary: this.managed(boundary) }),
        tags: Object.fromEntries((tags as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value])),
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

  private of(type: string): Deployed[] {
    return this.resources.filter((one) => one.type === type);
  }

  private policiesOf({ properties, logicalId, account, isConditional }: Deployed, name: string): Policy[] {
    const { Policies: inline = [], ManagedPolicyArns: managed = [] } = properties as AttachedToRole;
    const attached = [...this.of('AWS::IAM::Policy'), ...this.of('AWS::IAM::ManagedPolicy'), ...this.of('AWS::IAM::RolePolicy')]
      .filter((one) => one.account === account)
      .filter((one) => [one.properties.Roles ?? [], one.properties.RoleName ?? []].flat().some((role) => role === name || role === undefined));
    return [
      ...inline.map((one) => policyOf({ logicalId: `${logicalId}/${String(one?.PolicyName)}`, isConditional }, one?.PolicyDocument)),
      ...managed.map((arn) => this.managed(arn)),
      ...attached.map((one) => policyOf(one, one.properties.PolicyDocument)),
    ];
  }

  private managed(arn: unknown): Policy {
    const found = this.of('AWS::IAM::ManagedPolicy').find(({ attributes }) => attributes[''] === arn);
    return found ? policyOf(found, found.properties.PolicyDocument) : { name: typeof arn === 'string' ? arn : 'a managed policy' };
  }
}

/** What CloudFormation makes of a condition is not known here, and a document is known whole or not at all. */
export function policyOf({ logicalId, isConditional }: Pick<Deployed, 'logicalId' | 'isConditional'>, value: unknown): Policy {
  if (isConditional || !isWhole(value)) return { name: logicalId };
  const { Version = '2012-10-17', Statement } = (typeof value === 'string' ? JSON.parse(value) : value) as { Version?: string; Statement: PolicyDocument['Statement'] | PolicyDocument['Statement'][number] };
  return { name: logicalId, document: { Version, Statement: [Statement].flat() } };
}

function isWhole(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isWhole);
  return typeof value === 'object' && value !== null ? Object.values(value).every(isWhole) : value !== undefined;
}
