import { CfnParameter, Environment, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { DeploymentStage, EnvironmentNames, EnvironmentRole, MlopsProjectTemplate, ProjectBlueprint, ProjectTemplateOptions } from '../../src';
import { ProjectRoles } from '../../src/identity/project-roles';
import { ProjectEnvironment } from '../../src/mlops/project-environment';
import { ProjectFoundation } from '../../src/mlops/project-foundation';
import { ProjectBuckets } from '../../src/storage/project-buckets';
import { Published, publishedIn, publishedOf, sourceOf } from '../apps/template/published';
import { Json } from '../templates/carried';
import { testApp } from '../test-app';

export const ACCOUNT = '111111111111';
export const IRELAND: Environment = { account: ACCOUNT, region: 'eu-west-1' };

/** What differs between the environments of tests. */
export interface Given {
  readonly environmentName?: string;
  readonly owner?: string;
  readonly deploymentStages?: DeploymentStage[];
  readonly rolePath?: string;
  /** Whether name and owner are given when the stack is launched, as `EnvironmentName` and `Owner`. */
  readonly launched?: boolean;
  /** Whether the environment has MLflow, and jobs that reach it. */
  readonly tracksRuns?: boolean;
  /** Where the environment is; nothing for a stack that does not say. */
  readonly env?: Environment;
}

/** What the project templates of an environment stand on, without the environment. */
export class Offer {
  public readonly app = testApp({ analyticsReporting: false });
  public readonly stack: Stack;
  public readonly foundation: ProjectFoundation;
  public readonly environment: ProjectEnvironment;
  /** Those who may launch. */
  public readonly launcher: Role;

  constructor({ deploymentStages = [], ...given }: Given = {}) {
    this.stack = new Stack(this.app, 'Stack', { env: 'env' in given ? given.env : IRELAND });
    const { stack } = this;
    const environmentName = given.launched ? new CfnParameter(stack, 'EnvironmentName').valueAsString : given.environmentName ?? 'churn';
    const owner = given.launched ? new CfnParameter(stack, 'Owner').valueAsString : given.owner;
    const roleOptions = { path: given.rolePath };
    const names = EnvironmentNames.forStack(stack, environmentName, roleOptions);
    const { isolatedSubnets: subnets } = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], isolatedSubnetIds: ['subnet-1'] });
    this.launcher = new Role(stack, 'Launcher', { assumedBy: new ServicePrincipal('sagemaker.amazonaws.com') });
    this.foundation = new ProjectFoundation(stack, 'Projects', {
      names,
      deploymentStages,
      owner,
      buckets: new ProjectBuckets(new Bucket(stack, 'Artifacts'), new Bucket(stack, 'Templates'), names),
      roles: new ProjectRoles(stack, 'Roles', { names, subnets, deploymentStages, pipelineRoleArn: names.roleArn(EnvironmentRole.PIPELINE_EXECUTION) }),
      logsKey: new Key(stack, 'LogsKey'),
      undeliveredEvents: new Queue(stack, 'UndeliveredEvents'),
      launchers: [this.launcher],
      tracksRuns: given.tracksRuns,
    });
    this.environment = Object.assign(new Construct(stack, 'Environment'), {
      environmentName, names, deploysTo: () => true, _projectFoundation: () => this.foundation, _offer: () => undefined,
    });
  }

  /** Offers a template. */
  public add(options: ProjectTemplateOptions, id = 'Offered'): MlopsProjectTemplate {
    return new MlopsProjectTemplate(this.stack, id, { environment: this.environment, ...options });
  }

  /** The template of the stack itself. */
  public template(): Template {
    return Template.fromStack(this.stack);
  }

  /** What was published, as the stack says it. */
  public objects(): Json[] {
    return publishedIn(this.template().toJSON().Resources as Record<string, { Type: string }>) as unknown as Json[];
  }

  /** What was published: the properties of each object by the name of its key without the digest, texts as they are. */
  public published(): Record<string, Json> {
    return Object.fromEntries(this.objects().map((object) => [(object.Key as string).replace(/-[0-9a-f]{12}\./, '.'), unpacked(object, this.app.outdir)]));
  }

  /** The bytes of what was published under a name, as the publisher writes them. */
  public bytesOf(name: string): Uint8Array {
    return publishedOf(this.objects().find((object) => (object.Key as string).replace(/-[0-9a-f]{12}\./, '.') === name)! as unknown as Published, this.app.outdir);
  }
}

/** Properties of a text that was published, with the text as it is, before it is filled in. */
export function unpacked(properties: Json, directory: string): Json {
  const { Encoding, Source, ...rest } = properties;
  if (!/\.(json|yaml)$/.test(properties.Key as string)) return properties;
  return { ...rest, Content: sourceOf(properties as unknown as Published, directory).toString() };
}

/** The content of a template that leaves the app, as people launch it: what its app holds by now is in it. */
export function contentOf({ app, stack }: Offer, made: MlopsProjectTemplate): Json {
  app.synth();
  return JSON.parse(stack.resolve(made.template.templateText()) as string) as Json;
}

/** The template that a blueprint makes. */
export function templateOf(blueprint: ProjectBlueprint, given: Given = {}, options: Partial<ProjectTemplateOptions> = {}): Json {
  const offer = new Offer(given);
  return contentOf(offer, offer.add({ blueprint, ...options }));
}

/** The resources of a type, by their logical ids. */
export function resources(template: Json, type: string): Record<string, Json> {
  return Object.fromEntries(Object.entries(template.Resources as Json).filter(([, { Type }]: [string, Json]) => Type === type));
}

/** Properties of the resource of a type that is the only one, or of that whose name ends so. */
export function only(template: Json, type: string, ending = ''): Json {
  const found = Object.values(resources(template, type)).map(({ Properties }: Json) => Properties as Json)
    .filter((properties) => ending === '' || written(properties.Name ?? properties.LogGroupName, template).endsWith(ending));
  expect(found).toHaveLength(1);
  return found[0];
}

/** The environment variables of a build. */
export function variablesOf(build: Json, template: Json): Record<string, string> {
  const variables = build.Environment.EnvironmentVariables as Json[];
  return Object.fromEntries(variables.map(({ Name, Value }) => [Name as string, written(Value as Json, template)]));
}

/** A value of a project template as AWS sees it, for a project `forecast` with the id `p-1`, or what is given as parameters. */
export function written(value: Json | string | undefined, template: Json, parameters: Record<string, string> = { SageMakerProjectName: 'forecast', SageMakerProjectId: 'p-1' }): string {
  if (typeof value !== 'object') return String(value);
  const places: Record<string, string> = { 'AWS::Partition': 'aws', 'AWS::Region': 'eu-west-1', 'AWS::AccountId': ACCOUNT };
  if ('Ref' in value) return parameters[value.Ref as string] ?? places[value.Ref as string] ?? (template.Parameters?.[value.Ref as string]?.Default as string) ?? `<${value.Ref}>`;
  if ('Fn::Sub' in value) {
    const text = value['Fn::Sub'] as string;
    return text.replace(/\$\{([^!}]+)\}/g, (_, name: string) => written(name.includes('.') ? { 'Fn::GetAtt': name.split('.') } : { Ref: name }, template, parameters));
  }
  if ('Fn::Join' in value) {
    const [between, parts] = value['Fn::Join'] as [string, Json | Json[]];
    return [parts].flat().map((part) => written(part, template, parameters)).join(between);
  }
  return `<${JSON.stringify(value)}>`;
}
