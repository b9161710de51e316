import { Registry } from './registry';
import { listOf } from '../../access/policy-document';
import { MadeUpNames } from '../../access/template/made-up-names';
import { Found } from '../../access/template/template-reader';
import { matchesFormat } from '../authorization/arn-format';
import { ActionResource, ReferencedAction } from '../authorization/reference';
import { lenientValue } from '../lenient-values';

/** What a handler is authorized on. */
export interface Asked {
  /** Resource type of the service authorization reference; none where the action takes no resource. */
  readonly type?: string;
  readonly arn: string;
}

/** Properties that say who may do what: what they name, the resource does not use. */
const POLICIES = /^(\w*PolicyDocument|KeyPolicy|Policy|RepositoryPolicyText)$/;

/** What the reference calls types otherwise. */
const SAME: Record<string, string> = {
  'AWS::EC2::EIP': 'elastic-ip',
  'AWS::EC2::FlowLog': 'vpc-flow-log',
  'AWS::IAM::ManagedPolicy': 'policy',
  'AWS::S3::BucketPolicy': 'bucket',
};

/** Properties that are not called like the variables of ARN formats. */
const VARIABLES: Record<string, Record<string, string>> = {
  'AWS::EC2::SecurityGroupEgress': { SecurityGroupId: 'GroupId' },
  'AWS::EC2::SecurityGroupIngress': { SecurityGroupId: 'GroupId' },
};

/** Names that AWS makes up for what handlers make beside the resource. */
const MADE_BESIDE: Record<string, Record<string, string>> = {
  'AWS::ApplicationAutoScaling::ScalableTarget': {
    // https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
    role: 'aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint',
    // https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking.html
    alarm: 'TargetTracking-endpoint/forecast/variant/AllTraffic-AlarmHigh-0a1b2c3d',
  },
  // https://docs.aws.amazon.com/sagemaker/latest/dg/security-iam-awsmanpol-notebooks.html
  'AWS::SageMaker::Domain': { role: 'aws-service-role/sagemaker.amazonaws.com/AWSServiceRoleForAmazonSageMakerNotebooks' },
};

const plain = (name: string) => name.replace(/[^A-Za-z]/g, '').toLowerCase();

/** A resource that CloudFormation deploys: what its handlers are authorized on, by the ARN formats of the service authorization reference. */
export class DeployedResource {
  private readonly properties: Record<string, unknown>;
  private readonly arns: string[];

  constructor(private readonly found: Found, private readonly registry: Registry) {
    const properties = lenientValue(found.resource.Properties ?? {}, found.values) as Record<string, unknown>;
    this.properties = Object.fromEntries(Object.entries(properties).filter(([name]) => !POLICIES.test(name)));
    this.arns = [...new Set([...textsOf(this.properties).filter((text) => /^arn:[^*]+$/.test(text)), ...this.byName(), ...objectsOf(this.properties)])];
  }

  public get type(): string {
    return this.found.resource.Type;
  }

  /** A property, where the template gives it as a text. */
  public text(property: string): string | undefined {
    const value = this.properties[property];
    return typeof value === 'string' ? value : undefined;
  }

  /** The policy that it is, or that would be attached to it. */
  public get policyArn(): string {
    return `arn:aws:iam::${this.found.values.account}:policy/${this.name}`;
  }

  /** What a rule sends events to. */
  public get targetArns(): string[] {
    return ((this.properties.Targets ?? []) as { Arn: string }[]).map(({ Arn }) => Arn);
  }

  /** Tags that it is given. */
  public get tags(): Record<string, string> {
    const tags = (this.properties.Tags ?? {}) as { Key: string; Value: string }[] | Record<string, string>;
    return Array.isArray(tags) ? Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) : tags;
  }

  /** Whether it is what an action is authorized on, and not something that it is put into. */
  public isItself({ type }: Asked): boolean {
    return type !== undefined && this.isOwn(type);
  }

  /**
   * What an action of its handlers is authorized on: each kind of resource that the action must have, else the first of those that
   * it may have. ARNs in the properties come first, then the resource's own.
   */
  public authorizedOn(action: ReferencedAction): Asked[] {
    // Nothing of ours is reached through an access point.
    const resources = action.resources.filter(({ type }) => !/^accesspoint/.test(type));
    if (resources.length === 0) return [{ arn: '*' }];
    const required = resources.filter((resource) => resource.required);
    // A role is passed where the template names one, and nowhere else.
    if (action.name === 'iam:PassRole') return required.flatMap((resource) => this.named(resource) ?? []);
    // And a role of a service is none that the template names.
    if (action.name === 'iam:CreateServiceLinkedRole') return required.map((resource) => this.own(resource));
    if (required.length > 0) return required.flatMap((resource) => this.named(resource) ?? this.own(resource));
    const own = resources.find(({ type }) => this.isOwn(type));
    if (own) return [this.own(own)];
    const named = resources.flatMap((resource) => this.named(resource) ?? []);
    const alike = resources.find(({ type }) => plain(this.type).includes(plain(type))) ?? resources[0];
    return [named[0] ?? this.own(alike)];
  }

  private isOwn(type: string): boolean {
    if (this.type === 'AWS::Events::Rule') return type === (this.properties.EventBusName ? 'rule-on-custom-event-bus' : 'rule-on-default-event-bus');
    return plain(type) === plain(SAME[this.type] ?? this.type.split('::')[2]);
  }

  private named(resource: ActionResource): Asked[] | undefined {
    const arns = this.isOwn(resource.type) ? [] : this.arns.filter((arn) => matchesFormat(arn, resource.arnFormat));
    return arns.length > 0 ? arns.map((arn) => ({ type: resource.type, arn })) : undefined;
  }

  private own({ type, arnFormat }: ActionResource): Asked {
    const { account, region } = this.found.values;
    const known: Record<string, string> = { Partition: 'aws', Account: account, Region: region };
    const arn = arnFormat.replace(/\$\{([^}]+)\}/g, (_, variable: string) => known[variable] ?? this.propertyCalled(variable) ?? MADE_BESIDE[this.type]?.[type] ?? this.name);
    return { type, arn };
  }

  /** A property with the name of a format's variable, such as GroupName of a schedule. */
  private propertyCalled(variable: string): string | undefined {
    const value = this.properties[VARIABLES[this.type]?.[variable] ?? variable];
    return typeof value === 'string' && !value.startsWith('arn:') ? value : undefined;
  }

  /** Its name: as the template or AWS gives it. */
  private get name(): string {
    const { values, logicalId } = this.found;
    const name = (value: unknown) => (typeof value === 'string' ? value.replace(/^(arn:[^/]*\/|https:.*\/|alias\/|\/)/, '') : undefined);
    const [identifier] = this.registry.schema(this.type).primaryIdentifier ?? [];
    const property = identifier?.split('/').pop() ?? '';
    try {
      return name(values.nameOf(logicalId))!;
    } catch {
      return name(this.properties[property]) ?? name(this.properties.Name) ?? new MadeUpNames(values.stackName).generated(logicalId, 63);
    }
  }

  /** Keys, buckets, roles, queues and objects that properties name by their ids or addresses. */
  private byName(): string[] {
    const { account, region } = this.found.values;
    const keys = textsOf(this.properties).filter((text) => KEY_ID.test(text)).map((id) => `arn:aws:kms:${region}:${account}:key/${id}`);
    const bucket = listOf(this.properties.Bucket as string | undefined).map((name) => `arn:aws:s3:::${name}`);
    const roles = listOf(this.properties.Roles as string[] | undefined).map((name) => `arn:aws:iam::${account}:role/${name}`);
    const queues = listOf(this.properties.Queues as string[] | undefined).map((url) => `arn:aws:sqs:${region}:${url.split('/').slice(3).join(':')}`);
    const objects = textsOf(this.properties).flatMap((text) => {
      const [, name, key] = OBJECT_URL.exec(text) ?? [];
      return name ? [`arn:aws:s3:::${name}/${key}`] : [];
    });
    return [...keys, ...bucket, ...roles, ...queues, ...objects];
  }
}

const OBJECT_URL = /^https:\/\/([^./]+)\.s3\.[^/]+\/(.+)$/;
const KEY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsOf);
}

/** Objects that properties name by bucket and key. */
function objectsOf(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  const { Bucket, Key } = value as Record<string, unknown>;
  return [...(Bucket && Key ? [`arn:aws:s3:::${String(Bucket)}/${String(Key)}`] : []), ...Object.values(value).flatMap(objectsOf)];
}
