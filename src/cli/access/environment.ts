import { Deployed } from './deployed';
import { Organization, organizationOf } from './organization';
import { Policies, Policy, policyOf } from './policies';
import { peopleOf, Who } from './who';

/** The way from a VPC to a service. */
export interface Endpoint {
  readonly id: string;
  readonly vpc: string;
  readonly policy?: Policy;
}

/** An environment of an app: what the parameters say that it makes, and what has its names. */
export class Environment {
  public readonly people: Who[];
  /** Titles of those that the environment does not have. */
  public readonly missing: string[];
  public readonly policies: Policies;
  public readonly organization: Organization;
  public readonly account: string;
  public readonly region: string;
  public readonly partition: string;

  public constructor(
    public readonly name: string, private readonly resources: readonly Deployed[], private readonly parameters: Map<string, Deployed>,
  ) {
    const [{ account, region, partition }] = parameters.values();
    this.account = account;
    this.region = region;
    this.partition = partition;
    this.policies = new Policies(resources);
    this.organization = organizationOf(this.policies);
    const { people, missing } = peopleOf(this, this.policies, (part) => parameters.has(`identity/${part}-role-arn`));
    this.people = people;
    this.missing = missing;
  }

  /** Path of the construct that makes it. */
  public get path(): string {
    return this.parameters.get('storage/data-bucket')!.path.split('/').slice(0, -2).join('/');
  }

  /** What the environment's parameter says, such as `storage/data-bucket`. */
  public parameter(name: string): string | undefined {
    return this.parameters.get(name)?.properties.Value as string | undefined;
  }

  /** Whether the environment has such a thing at all. */
  public has(name: string): boolean {
    return this.parameters.has(name);
  }

  /** The role of the environment that is called so, in the app or not. */
  public roleArn(part: string): string | undefined {
    return this.people.find(({ role }) => role?.name === `${this.name}--${part}-${this.region}`)?.role?.arn ?? this.parameter(`identity/${part}-role-arn`);
  }

  /** The way to a service in the environment's VPC; false if there is none, and undefined if that is not known. */
  public endpointOf(service: string): Endpoint | false | undefined {
    const vpc = this.parameter('network/vpc-id');
    const isOurs = this.resources.some(({ type, attributes }) => type === 'AWS::EC2::VPC' && attributes[''] === vpc);
    const found = this.resources.find(({ type, properties: { VpcId, ServiceName } }) =>
      type === 'AWS::EC2::VPCEndpoint' && VpcId === vpc && typeof ServiceName === 'string' && ServiceName.endsWith(`.${this.region}.${service}`));
    if (found?.attributes[''] !== undefined) {
      const { properties } = found, policy = 'PolicyDocument' in properties ? policyOf(found, properties.PolicyDocument) : undefined;
      return { id: found.attributes[''], vpc: vpc!, policy };
    }
    const leavesTheVpc = this.resources.some(({ type }) => type === 'AWS::EC2::NatGateway' || type === 'AWS::EC2::InternetGateway');
    return isOurs && !leavesTheVpc ? false : undefined;
  }

  /** Whether the app makes a resource of the kind that is called so. */
  public makes(type: string, attribute: string, value: string): boolean {
    return this.policies.of(type).some(({ attributes }) => attributes[attribute] === value);
  }

  /** Products of Service Catalog that projects are launched from. */
  public products(): { readonly name: string; readonly arn: string }[] {
    return this.resources.filter(({ type, account }) => type === 'AWS::ServiceCatalog::CloudFormationProduct' && account === this.account)
      .map(({ attributes, properties: { Name } }) => ({ name: String(Name), arn: this.arn('catalog', `product/${attributes['']}`) }));
  }

  /** Stages whose approval somebody may give, by the names of the pipelines' stages. */
  public approvals(): string[] {
    const texts = this.policies.documents().map((document) => JSON.stringify(document));
    return [...new Set(texts.flatMap((text) => [...text.matchAll(new RegExp(`:codepipeline:[^"]*:${this.name}--[^"]*/Approve(\\w+)/`, 'g'))].map(([, stage]) => stage)))].sort();
  }

  public arn(service: string, rest: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${rest}`;
  }
}

/** The environments of an app, by the parameters that each makes. */
export function environmentsOf(resources: readonly Deployed[]): Environment[] {
  const found = new Map<string, Map<string, Deployed>>();
  for (const one of resources.filter(({ type }) => type === 'AWS::SSM::Parameter')) {
    const [, name, parameter] = /^\/secure-mlops\/([^/]+)\/((?:network|storage|encryption|identity|studio)\/.+)$/.exec(String(one.properties.Name)) ?? [];
    if (parameter !== undefined) found.set(name, (found.get(name) ?? new Map<string, Deployed>()).set(parameter, one));
  }
  return [...found].filter(([, parameters]) => parameters.has('storage/data-bucket')).map(([name, parameters]) => new Environment(name, resources, parameters));
}
