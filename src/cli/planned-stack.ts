import { PolicyDocument } from './aws/account';
import { evaluated, Known } from './intrinsics';

/** Where the library says what it was given, and no resource names. */
const GIVEN = 'cdk-secure-mlops:given';

/** A template, as CloudFormation takes it. */
export interface Template {
  readonly Parameters?: Record<string, { readonly Type: string; readonly Default?: string | number }>;
  readonly Resources?: Record<string, {
    readonly Type: string;
    readonly Properties?: Record<string, unknown>;
    readonly DeletionPolicy?: string;
    readonly Metadata?: Record<string, unknown>;
    readonly Condition?: string;
  }>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
  readonly Outputs?: Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>;
}

/** A resource of a stack. Properties that only the deployment knows are undefined. */
export interface Planned {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Record<string, unknown>;
}

/** What a role needs that exists already: what `requiredTrust` and `requiredPolicies` print. */
export interface RequiredOfRole {
  readonly roleArn: unknown;
  readonly trust: unknown;
  readonly policies: unknown;
}

/** The same, as far as it is known: what only the deployment makes is undefined. */
export interface KnownRequired {
  readonly roleArn: string;
  readonly trust: PolicyDocument;
  readonly policies: PolicyDocument[];
}

/** A stack of a synthesized app. */
export interface StackOfApp {
  readonly name: string;
  /** Of the stack's environment; without it, those of whoever deploys. */
  readonly account?: string;
  readonly region?: string;
  /** The role with which CloudFormation deploys it, with placeholders for partition, account and region. */
  readonly executionRole?: string;
  /** Version of the CDK's bootstrap stack that deploying it needs. */
  readonly bootstrapVersion?: number;
  readonly bootstrapParameter?: string;
  readonly template: Template;
  /** Templates of nested stacks, by the logical ids of these. */
  readonly nested?: Readonly<Record<string, StackOfApp>>;
  /** Paths of constructs, by the logical ids of what they make. */
  readonly paths?: ReadonlyMap<string, string>;
  /** What roles need that exist already. */
  readonly requiredRoles?: RequiredOfRole[];
}

/** A stack, at the place that it would be deployed to. */
export class PlannedStack {
  public readonly resources: Planned[];
  /** What roles need that exist already. */
  public readonly requiredRoles: KnownRequired[];
  private readonly existing: Planned[];

  /** @param deployed logical ids of what the stack has made already, for a name of its own is not taken */
  public constructor(public readonly stack: StackOfApp, public readonly known: Omit<Known, 'parameters' | 'attributes'>, private readonly deployed: ReadonlySet<string>) {
    const first = { ...known, parameters: defaultsOf(stack.template) };
    const all = { ...first, attributes: arnsOfRoles(stack.template, first) };
    this.resources = Object.entries(stack.template.Resources ?? {}).map(([logicalId, { Type, Properties = {} }]) => ({
      logicalId, type: Type, properties: evaluated(Properties, all) as Record<string, unknown>,
    }));
    this.existing = Object.entries(stack.template.Resources ?? {}).flatMap(([logicalId, { Metadata }]) => (
      (evaluated(Metadata?.[GIVEN] ?? [], all) as ({ readonly Type: string } & Record<string, unknown>)[])
        .map(({ Type: type, ...properties }) => ({ logicalId, type, properties }))
    ));
    this.requiredRoles = (stack.requiredRoles ?? []).map((one) => evaluated(one, all) as KnownRequired).filter(({ roleArn }) => typeof roleArn === 'string');
  }

  /** The ARN of the role with which CloudFormation deploys the stack, where the stack says so. */
  public get deployingRole(): string | undefined {
    const { known: { account, partition, region }, stack: { executionRole } } = this;
    return executionRole?.replaceAll('${AWS::Partition}', partition).replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Region}', region);
  }

  /** What the stack needs that exists already, with what its properties have to be. */
  public given(type: string): Planned[] {
    return this.existing.filter((one) => one.type === type);
  }

  public of(type: string): Planned[] {
    return this.resources.filter((one) => one.type === type);
  }

  /** Those that a deployment would make. */
  public added(type: string): Planned[] {
    return this.of(type).filter(({ logicalId }) => !this.deployed.has(logicalId));
  }

  /** Texts that are values of properties of such a name, with the types of the resources that name them. */
  public texts(property: RegExp, of = /./): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    const visit = (value: unknown, name: string, type: string): void => {
      if (typeof value === 'string' && property.test(name)) found.set(value, (found.get(value) ?? new Set()).add(type));
      else if (Array.isArray(value)) value.forEach((one) => visit(one, name, type));
      else if (typeof value === 'object' && value !== null) for (const [inner, one] of Object.entries(value)) visit(one, inner, type);
    };
    for (const { type, properties } of this.resources) if (of.test(type)) visit(properties, '', type);
    return found;
  }
}

/** Parameters by their defaults; what is read at the deployment is undefined. */
export function defaultsOf({ Parameters = {} }: Template): Known['parameters'] {
  return Object.fromEntries(Object.entries(Parameters)
    .map(([name, { Type, Default }]) => [name, Type.startsWith('AWS::SSM') || Default === undefined ? undefined : String(Default)]));
}

/** ARNs of roles that the template names: the only attributes that are known before. */
function arnsOfRoles({ Resources = {} }: Template, known: Known): Record<string, string> {
  return Object.fromEntries(Object.entries(Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role').flatMap(([logicalId, { Properties }]) => {
    const { RoleName: name, Path: path = '/' } = evaluated(Properties ?? {}, known) as Record<string, unknown>;
    return typeof name === 'string' && typeof path === 'string' ? [[`${logicalId}.Arn`, `arn:${known.partition}:iam::${known.account}:role${path}${name}`]] : [];
  }));
}
