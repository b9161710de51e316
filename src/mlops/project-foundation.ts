import { Tags, Token } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IPortfolio, Portfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PublishedFile } from './private/blueprint-context';
import { NAME_PLACEHOLDER, OWNER_PLACEHOLDER, Publisher } from './private/publisher';
import { SeedCode } from './seed-code';
import { SourceRepository } from './source-repository';
import { ManagedRole } from '../identity';
import { openPortfolio } from '../identity/open-portfolio';
import { ProjectRoles } from '../identity/project-roles';
import { EnvironmentParameter, EnvironmentNames } from '../names';
import { EndpointService, EnvironmentNetwork } from '../network';
import { MONITOR, packedArchiveOf, packedBundleOf } from '../private/bundles';
import { portfolioIn } from '../private/given-portfolio';
import { DeploymentStage } from '../stages';
import { ProjectBuckets } from '../storage/project-buckets';
import { SelfContainedTemplate } from '../templates';

/** Properties of the resources that project templates share. */
export interface ProjectFoundationProps {
  /** The names of the environment. */
  readonly names: EnvironmentNames;
  /** The buckets of projects. */
  readonly buckets: ProjectBuckets;
  /** The roles that work for projects. */
  readonly roles: ProjectRoles;
  /**
   * The network of builds and of Studio, which must have the endpoints that project templates need.
   *
   * @default - no endpoints are required
   */
  readonly network?: EnvironmentNetwork;
  /** KMS key of log groups. */
  readonly logsKey: IKey;
  /** Dead-letter queue of events that started no pipeline of a project. */
  readonly undeliveredEvents: IQueue;
  /** Stages to which models are deployed. */
  readonly deploymentStages: DeploymentStage[];
  /**
   * Logging of runs to the environment's MLflow tracking server, by jobs that are not isolated.
   *
   * @default false
   */
  readonly tracksRuns?: boolean;
  /**
   * Service Catalog portfolio that exists already.
   *
   * @default - a new portfolio, with the first template that is a product
   */
  readonly portfolio?: IPortfolio;
  /** Roles that find templates in Service Catalog, of Studio applications. */
  readonly launchers: IRole[];
  /**
   * Personas that find templates in Service Catalog.
   *
   * @default - none
   */
  readonly people?: ManagedRole[];
  /**
   * Provider of the templates, as the console shows it.
   *
   * @default 'Platform team'
   */
  readonly provider?: string;
  /**
   * Owner of the environment, as a tag of the resources of projects.
   *
   * @default - no tag beside those of the templates
   */
  readonly owner?: string;
}

/** Resources that all project templates of an environment share: roles, buckets, a portfolio and a publisher. */
export class ProjectFoundation extends Construct {
  /** Prefix of the templates bucket for templates that Studio shows from there. */
  public static readonly S3_TEMPLATES = 'projects';

  /** The roles that work for projects. */
  public readonly roles: ProjectRoles;
  /** The buckets of projects. */
  public readonly buckets: ProjectBuckets;
  /** Stages to which models are deployed. */
  public readonly deploymentStages: DeploymentStage[];
  /** Logging of runs to the environment's MLflow tracking server. */
  public readonly tracksRuns: boolean;
  /** Provider of the templates, as the console shows it. */
  public readonly provider: string;
  /** The names of the environment as templates know them: literals, or a placeholder that is replaced when they are published. */
  public readonly names: EnvironmentNames;
  /** Writes into the templates bucket. @internal */
  public readonly _publisher: Publisher;

  private readonly published = new Map<string, PublishedFile>();
  private readonly seeds = new Map<string, string>();
  private monitor?: PublishedFile;
  private offered?: IPortfolio;

  constructor(scope: Construct, id: string, private readonly props: ProjectFoundationProps) {
    super(scope, id);
    const { names, buckets, roles, deploymentStages } = props;
    this.roles = roles;
    this.buckets = buckets;
    this.deploymentStages = deploymentStages;
    this.tracksRuns = props.tracksRuns ?? false;
    this.provider = props.provider ?? 'Platform team';
    this.names = Token.isUnresolved(names.environmentName) ? names._of(NAME_PLACEHOLDER) : names;
    this._publisher = new Publisher(this, 'Publisher', {
      names, bucket: buckets.templates, logsKey: props.logsKey, owner: props.owner,
    });
    names.publish(this, EnvironmentParameter.ARTIFACTS_BUCKET, buckets.artifacts.bucketName);
    names.publish(this, EnvironmentParameter.TEMPLATES_BUCKET, buckets.templates.bucketName);
    names.publish(this, EnvironmentParameter.UNDELIVERED_EVENTS_QUEUE_ARN, props.undeliveredEvents.queueArn);
    for (const { stageName, approval } of deploymentStages) {
      if (approval.notificationTopic) names.publish(this, EnvironmentParameter.approvalTopicArn(stageName), approval.notificationTopic.topicArn);
    }
  }

  /** The Service Catalog portfolio of the environment's templates. */
  public portfolio(): IPortfolio {
    return this.offered ??= this.offer();
  }

  /** Says in a template who owns the environment. Where the app does not know it, the tag must not refer to the app's stack. @internal */
  public _signs(template: SelfContainedTemplate): void {
    const { owner } = this.props;
    if (owner !== undefined) Tags.of(template).add('owner', Token.isUnresolved(owner) ? OWNER_PLACEHOLDER : owner);
  }

  /** Lets delivery pipelines fetch from a source, and projects be launched that do. @internal */
  public _opens(source: SourceRepository): void {
    const { roles, names } = this.props;
    roles.codePipeline.addToPolicy(...source._source.permissions(names.environmentName));
    roles.launch.addToPolicy(...source._source.launchPermissions());
  }

  /** Says that a project template cannot work in a network that leads nowhere else, without these endpoints. @internal */
  public _requires(services: EndpointService[], reason: string): void {
    const { network } = this.props;
    if (network?.hasInternetAccess) return;
    for (const service of services) network?.requireEndpoint(service, reason);
  }

  /** Publishes a program of the library, once. @internal */
  public _program(name: string): PublishedFile {
    const known = this.published.get(name);
    if (known !== undefined) return known;
    const program = this._publisher.publish(this, `Program-${name}`, {
      folder: 'programs',
      name: `${name}.js`,
      packed: packedBundleOf(name),
      contentType: 'text/javascript',
    });
    this.published.set(name, program);
    return program;
  }

  /** Publishes the program that monitors run, once. @internal */
  public _monitor(): PublishedFile {
    return this.monitor ??= this._publisher.publish(this, 'Monitor', {
      folder: 'programs', name: 'monitor.zip', packed: packedArchiveOf(MONITOR), contentType: 'application/zip',
    });
  }

  /** Publishes seed code, once, and answers its key in the templates bucket. @internal */
  public _seed(seedCode: SeedCode): string {
    const { _packed: packed } = seedCode;
    const files = packed === undefined ? seedCode.files : undefined;
    const content = packed ?? JSON.stringify(files); // the same code is the same object, which must not be removed twice
    const known = this.seeds.get(content);
    if (known !== undefined) return known;
    const { key } = this._publisher.publish(this, `Seed${this.seeds.size + 1}`, { folder: 'seed-code', name: 'repository.zip', files, packed, contentType: 'application/zip' });
    this.seeds.set(content, key);
    return key;
  }

  private offer(): IPortfolio {
    const given = this.props.portfolio;
    const portfolio = given ? portfolioIn(this, 'Portfolio', given) : new Portfolio(this, 'Portfolio', {
      displayName: `${this.props.names.environmentName} projects`, providerName: this.provider, description: 'Project templates of SageMaker Studio',
    });
    for (const role of this.props.launchers) portfolio.giveAccessToRole(role);
    for (const persona of this.props.people ?? []) openPortfolio(portfolio, persona);
    // What is associated with a portfolio of ours waits for the portfolio.
    (portfolio.node.defaultChild ?? portfolio).node.addDependency(this._publisher.enablePortfolios());
    return portfolio;
  }
}
