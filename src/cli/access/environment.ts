import { Deployed } from './deployed';
import { Policies, Policy, policyOf, Role } from './policies';

/** Who has a column, by what is between the environment's name and the region in the role's. */
export const ROLES: readonly (readonly [name: string, title: string])[] = [
  ['data-scientist', 'data scientist'],
  ['ml-engineer', 'ML engineer'],
  ['team-administrator', 'team administrator'],
  ['data-science-administrator', 'data science administrator'],
  ['studio-execution', 'notebook'],
  ['data-preparation', 'notebook of an ML engineer'],
  ['shared-space', 'notebook in a shared space'],
  ['pipeline-execution', 'SageMaker pipeline'],
  ['job-execution', 'job'],
  ['model-execution', 'hosted model'],
  ['release', 'release'],
  ['code-build', 'build'],
  ['project-launch', 'project launch'],
];

/** The first of them are people, whom every environment has. */
const PERSONS = 4;

/** Notebooks act for a person, whose profile SageMaker says. */
const NOTEBOOKS = new Set(['studio-execution', 'data-preparation']);

/** Who asks. */
export interface Who {
  readonly title: string;
  /** None where it exists already, or comes by IAM Identity Center: then nothing is known of it. */
  readonly role?: Role;
  readonly isPerson: boolean;
  readonly isNotebook: boolean;
}

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
    const roles = this.policies.roles().filter((one) => one.resource.account === account);
    const found = ROLES.map(([part, title], index) => {
      const role = roles.find((one) => one.name === `${name}--${part}-${region}`), isPerson = index < PERSONS;
      const isThere = role !== undefined || isPerson || parameters.has(`identity/${part}-role-arn`);
      return { title, role, isPerson, isNotebook: NOTEBOOKS.has(part), isThere };
    });
    this.people = found.filter(({ isThere }) => isThere);
    this.missing = found.filter(({ isThere }) => !isThere).map(({ title }) => title);
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
