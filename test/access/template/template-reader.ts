import { NamedPolicy, PolicyDocument, PolicyKind, PolicyStatement } from '../policy-document';
import { StackValues } from './stack-values';
import { SynthesizedStack, TemplateResource, TemplateValue } from './synthesized-stack';

/** A role with everything that decides what it may do and who may use it. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly account: string;
  readonly trust: NamedPolicy;
  readonly identityPolicies: NamedPolicy[];
  readonly boundary?: NamedPolicy;
  readonly tags: Record<string, string>;
}

/** A VPC endpoint. */
export interface VpcEndpoint {
  readonly id: string;
  readonly vpcId: string;
  readonly account: string;
  /** Name of the service without region, such as `sagemaker.api` or `s3`. */
  readonly service: string;
  /** The endpoint's policy; AWS's own default allows everything. */
  readonly policy?: NamedPolicy;
}

/** A resource of a template, with what its intrinsics mean. */
export interface Found {
  readonly values: StackValues;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** A policy of an account, as IAM Identity Center knows it. */
interface Reference { readonly Name: string; readonly Path: string }

/** Reads synthesized templates as IAM sees them, across stacks and accounts. */
export class TemplateReader {
  private readonly stacks: { readonly stack: SynthesizedStack; readonly values: StackValues }[];
  private readonly policies = new Map<string, NamedPolicy>();

  constructor(stacks: SynthesizedStack[]) {
    this.stacks = stacks.map((stack) => ({
      stack,
      values: new StackValues(stack, (name, account, region) => this.exported(name, account, region)),
    }));
  }

  /** Resolves a value of a stack, such as what `stack.resolve(token)` returned. */
  public value(stackName: string, value: TemplateValue): TemplateValue | undefined {
    const found = this.stacks.find(({ stack }) => stack.stackName === stackName);
    if (!found) throw new Error(`there is no stack ${stackName}`);
    return found.values.value(value);
  }

  /** Every role of the app. */
  public roles(): Role[] {
    return [...this.all('AWS::IAM::Role').map((role) => this.role(role)), ...this.all('AWS::SSO::PermissionSet').flatMap((set) => this.rolesOfPermissionSet(set))];
  }

  /** The policies of buckets, by bucket ARN. */
  public bucketPolicies(): Map<string, NamedPolicy> {
    return new Map(this.all('AWS::S3::BucketPolicy').map((found) => {
      const bucket = found.values.property(found.resource, 'Bucket') as string;
      return [`arn:aws:s3:::${bucket}`, this.policy('bucket', found, found.resource.Properties?.PolicyDocument)];
    }));
  }

  /** The policies of keys, by key ARN. */
  public keyPolicies(): Map<string, NamedPolicy> {
    return new Map(this.all('AWS::KMS::Key').map((found) =>
      [found.values.attributeOf(found.logicalId, 'Arn'), this.policy('key', found, found.resource.Properties?.KeyPolicy)]));
  }

  /** The policies of event buses, by bus ARN. */
  public busPolicies(): Map<string, NamedPolicy> {
    return new Map(this.all('AWS::Events::EventBus').map((found) =>
      [found.values.attributeOf(found.logicalId, 'Arn'), this.policy('bus', found, found.resource.Properties?.Policy)]));
  }

  /** The policies of queues, by queue ARN. */
  public queuePolicies(): Map<string, NamedPolicy> {
    return new Map(this.all('AWS::SQS::QueuePolicy').flatMap((found) => {
      const policy = this.policy('queue', found, found.resource.Properties?.PolicyDocument);
      const urls = found.values.property(found.resource, 'Queues') as string[];
      return urls.map((url): [string, NamedPolicy] => [`arn:aws:sqs:${found.values.region}:${url.split('/').slice(3).join(':')}`, policy]);
    }));
  }

  /** The aliases of keys, by key ARN. */
  public keyAliases(): Map<string, string[]> {
    const aliases = new Map<string, string[]>();
    for (const { values, resource } of this.all('AWS::KMS::Alias')) {
      const key = values.property(resource, 'TargetKeyId') as string;
      const arn = key.startsWith('arn:') ? key : `arn:aws:kms:${values.region}:${values.account}:key/${key}`;
      aliases.set(arn, [...(aliases.get(arn) ?? []), values.property(resource, 'AliasName') as string]);
    }
    return aliases;
  }

  /** Every VPC endpoint of the app. */
  public endpoints(): VpcEndpoint[] {
    return this.all('AWS::EC2::VPCEndpoint').map((found) => {
      const document = found.resource.Properties?.PolicyDocument;
      return {
        id: found.values.nameOf(found.logicalId),
        vpcId: found.values.property(found.resource, 'VpcId') as string,
        account: found.values.account,
        service: serviceOf(found.values.property(found.resource, 'ServiceName') as string, found.values.region),
        policy: document === undefined ? undefined : this.policy('endpoint', found, document),
      };
    });
  }

  /** Where the flow logs of a VPC go, and with which role. */
  public flowLogsOf(vpcId: string): { logGroup: string; roleArn: string } | undefined {
    const found = this.all('AWS::EC2::FlowLog').find(({ values, resource }) => values.property(resource, 'ResourceId') === vpcId);
    if (!found) return undefined;
    const text = (name: string) => found.values.property(found.resource, name) as string;
    return { logGroup: text('LogGroupName'), roleArn: text('DeliverLogsPermissionArn') };
  }

  /** The log group of the function that works with a role. */
  public logGroupOfFunction(roleArn: string): string | undefined {
    const found = this.all('AWS::Lambda::Function').find(({ values, resource }) => values.property(resource, 'Role') === roleArn);
    const logging = found?.values.property(found.resource, 'LoggingConfig') as { LogGroup?: string } | undefined;
    return logging?.LogGroup;
  }

  /** Every policy of the app, each once. */
  public allPolicies(): NamedPolicy[] {
    const policies = [
      ...this.roles().flatMap((role) => [role.trust, ...role.identityPolicies, ...(role.boundary ? [role.boundary] : [])]),
      ...this.bucketPolicies().values(),
      ...this.keyPolicies().values(),
      ...this.busPolicies().values(),
      ...this.queuePolicies().values(),
      ...this.endpoints().flatMap(({ policy }) => policy ?? []),
    ];
    return [...new Set(policies)];
  }

  /** Every resource of the app whose condition holds. */
  public resources(): Found[] {
    return this.all();
  }

  /** The resources of some types, or of all, by logical id, whose condition holds. */
  private all(...types: string[]): Found[] {
    return this.stacks.flatMap(({ stack, values }) => Object.entries(stack.template.Resources ?? {})
      .filter(([, { Type }]) => types.length === 0 || types.includes(Type))
      .filter(([, { Condition }]) => Condition === undefined || values.holds(Condition))
      .map(([logicalId, resource]) => ({ values, logicalId, resource })));
  }

  private role(found: Found): Role {
    const { values, logicalId, resource } = found;
    const boundary = values.property(resource, 'PermissionsBoundary') as string | undefined;
    const tags = (values.property(resource, 'Tags') ?? []) as { Key: string; Value: string }[];
    return {
      name: values.nameOf(logicalId),
      arn: values.attributeOf(logicalId, 'Arn'),
      account: values.account,
      trust: this.policy('trust', found, resource.Properties?.AssumeRolePolicyDocument),
      identityPolicies: [...this.inlinePolicies(found), ...this.managedPolicies(found), ...this.attachedPolicies(found)],
      boundary: boundary === undefined ? undefined : this.managedPolicy('boundary', boundary),
      tags: Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])),
    };
  }

  /**
   * The role that IAM Identity Center makes in each account to which a permission set is assigned.
   *
   * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
   */
  private rolesOfPermissionSet(set: Found): Role[] {
    const { values, resource } = set, arn = values.attributeOf(set.logicalId, 'PermissionSetArn');
    const name = `AWSReservedSSO_${values.property(resource, 'Name') as string}_1234567890abcdef`, region = values.region === 'us-east-1' ? '' : `${values.region}/`;
    const accounts = this.all('AWS::SSO::Assignment').filter((one) => one.values.property(one.resource, 'PermissionSetArn') === arn)
      .map((one) => one.values.property(one.resource, 'TargetId') as string);
    const boundary = values.property(resource, 'PermissionsBoundary') as { CustomerManagedPolicyReference: Reference } | undefined;
    return [...new Set(accounts)].map((account) => ({
      name,
      arn: `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/${region}${name}`,
      account,
      trust: { name: `trust/${arn}`, kind: 'trust', document: { Version: '2012-10-17', Statement: [] } },
      identityPolicies: [
        ...(resource.Properties?.InlinePolicy === undefined ? [] : [this.policy('identity', set, resource.Properties.InlinePolicy)]),
        ...((values.property(resource, 'CustomerManagedPolicyReferences') ?? []) as unknown as Reference[]).map((one) => this.policyNamed('identity', one, account)),
      ],
      boundary: boundary && this.policyNamed('boundary', boundary.CustomerManagedPolicyReference, account),
      tags: {},
    }));
  }

  private policyNamed(kind: PolicyKind, { Name, Path }: Reference, account: string): NamedPolicy {
    return this.managedPolicy(kind, `arn:aws:iam::${account}:policy${Path}${Name}`);
  }

  private inlinePolicies(role: Found): NamedPolicy[] {
    const policies = (role.resource.Properties?.Policies ?? []) as Record<string, TemplateValue>[];
    return policies.map(({ PolicyName, PolicyDocument: document }) => this.policy('identity', role, document, role.values.value(PolicyName) as string));
  }

  private managedPolicies(role: Found): NamedPolicy[] {
    const arns = (role.values.property(role.resource, 'ManagedPolicyArns') ?? []) as string[];
    return arns.map((arn) => this.managedPolicy('identity', arn));
  }

  /** Policies that name the role, rather than being named by it. */
  private attachedPolicies(role: Found): NamedPolicy[] {
    const name = role.values.nameOf(role.logicalId);
    return this.all('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy')
      .filter(({ values }) => values.account === role.values.account)
      .filter(({ values, resource }) => [values.property(resource, 'Roles') ?? [], values.property(resource, 'RoleName') ?? []].flat().includes(name))
      .map((found) => this.policy('identity', found, found.resource.Properties?.PolicyDocument));
  }

  private managedPolicy(kind: PolicyKind, arn: string): NamedPolicy {
    const found = this.all('AWS::IAM::ManagedPolicy').find(({ values, logicalId }) => values.nameOf(logicalId) === arn);
    if (!found) throw new Error(`the document of ${arn} is in no template`);
    return this.policy(kind, found, found.resource.Properties?.PolicyDocument);
  }

  /** One object for one document, so that a mutant of a policy is seen by everyone who has it. */
  private policy(kind: PolicyKind, { values, logicalId }: Found, document: TemplateValue | undefined, inlineName?: string): NamedPolicy {
    const name = [kind, values.stackName, logicalId, inlineName].filter((part) => part !== undefined).join('/');
    let policy = this.policies.get(name);
    if (!policy) {
      if (document === undefined) throw new Error(`${name} has no policy document`);
      policy = { name, kind, document: asDocument(values.value(document)) };
      this.policies.set(name, policy);
    }
    return policy;
  }

  private exported(name: string, account: string, region: string): TemplateValue | undefined {
    for (const { stack, values } of this.stacks) {
      if (stack.account !== account || stack.region !== region) continue;
      for (const output of Object.values(stack.template.Outputs ?? {})) {
        if (output.Export && values.value(output.Export.Name) === name) return values.value(output.Value);
      }
    }
    return undefined;
  }
}

function asDocument(value: TemplateValue | undefined): PolicyDocument {
  const document = (typeof value === 'string' ? JSON.parse(value) : value) as { Version?: string; Id?: string; Statement: PolicyStatement | PolicyStatement[] };
  return { ...document, Version: document.Version ?? '2012-10-17', Statement: [document.Statement].flat() };
}

/** `com.amazonaws.us-east-1.sagemaker.api` and `aws.sagemaker.us-east-1.studio` without what is common to all. */
function serviceOf(serviceName: string, region: string): string {
  return serviceName.replace(/^(com\.amazonaws|aws)\./, '').replace(`${region}.`, '');
}

