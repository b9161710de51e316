import { IInterfaceVpcEndpointService, InterfaceVpcEndpointAwsService as Aws } from 'aws-cdk-lib/aws-ec2';
import { InputCheck } from '../private/input-check';

interface Row {
  readonly onByDefault: boolean;
  readonly supportsPolicy: boolean;
  readonly reason: string;
}

const on = (reason: string): Row => ({ onByDefault: true, supportsPolicy: true, reason });
const off = (reason: string): Row => ({ onByDefault: false, supportsPolicy: true, reason });
/** A policy where AWS supports none fails the deployment. */
const withoutPolicy = (row: Row): Row => ({ ...row, supportsPolicy: false });

/** What is to be known of a service that is not in the list. */
export interface EndpointServiceOptions {
  /**
   * Whether AWS supports an endpoint policy here. Without one, everything that the caller's credentials allow passes, foreign
   * credentials too; where AWS supports none, a policy fails the deployment.
   *
   * @default true
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
   */
  readonly supportsPolicy?: boolean;
}

/**
 * A service that workloads reach by a private endpoint of their own.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export class EndpointService {
  /** SageMaker's control plane. */
  public static readonly SAGEMAKER_API = new EndpointService('SageMakerApi', Aws.SAGEMAKER_API, on('every job, pipeline and model is made by it'));
  /** Invocation of model endpoints. */
  public static readonly SAGEMAKER_RUNTIME = new EndpointService('SageMakerRuntime', Aws.SAGEMAKER_RUNTIME, on('tests of deployed models'));
  /** Studio itself. */
  public static readonly SAGEMAKER_STUDIO = new EndpointService('SageMakerStudio', Aws.SAGEMAKER_STUDIO, on('Studio in VPC-only mode does not open without it'));
  /** Notebook instances. */
  public static readonly SAGEMAKER_NOTEBOOK = new EndpointService('SageMakerNotebook', Aws.SAGEMAKER_NOTEBOOK, off('Studio has taken the place of notebook instances'));
  /** Feature Store, online. */
  public static readonly SAGEMAKER_FEATURESTORE = new EndpointService('SageMakerFeatureStore', Aws.SAGEMAKER_FEATURESTORE_RUNTIME, off('only for online features'));
  /** Metrics of runs, which are written by a host of their own. */
  public static readonly SAGEMAKER_METRICS = new EndpointService('SageMakerMetrics', Aws.SAGEMAKER_METRICS, on('metrics of runs (BatchPutMetrics)'));
  /** MLflow tracking servers and apps; AWS names the service `experiments`. */
  public static readonly SAGEMAKER_MLFLOW = new EndpointService('SageMakerMlflow', Aws.SAGEMAKER_EXPERIMENTS, off('only for tracking with MLflow'));
  /** Credentials. */
  public static readonly STS = new EndpointService('Sts', Aws.STS, on('roles are assumed by it'));
  /** Logs. */
  public static readonly LOGS = new EndpointService('Logs', Aws.CLOUDWATCH_LOGS, on('jobs write their logs'));
  /** Metrics and alarms. */
  public static readonly MONITORING = new EndpointService('Monitoring', Aws.CLOUDWATCH_MONITORING, on('jobs write their metrics'));
  /** Keys. */
  public static readonly KMS = new EndpointService('Kms', Aws.KMS, on('volumes and objects are encrypted with customer-managed keys'));
  /** Container registry, its API. */
  public static readonly ECR_API = new EndpointService('EcrApi', Aws.ECR, on('images of jobs and applications'));
  /** Container registry, for Docker clients. */
  public static readonly ECR_DOCKER = new EndpointService('EcrDocker', Aws.ECR_DOCKER, on('images of jobs and applications'));
  /** Parameters. */
  public static readonly SSM = new EndpointService('Ssm', Aws.SSM, on('the environment\'s registry'));
  /**
   * Project templates.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-and-internet-access.html
   */
  public static readonly SERVICE_CATALOG = new EndpointService('ServiceCatalog', Aws.SERVICE_CATALOG, withoutPolicy(on('projects: AWS asks for it where Studio is in VPC-only mode')));
  /** Git repositories, their API. */
  public static readonly CODECOMMIT = new EndpointService('CodeCommit', Aws.CODECOMMIT, on('repositories of projects'));
  /** Git repositories, for Git clients. */
  public static readonly CODECOMMIT_GIT = new EndpointService('CodeCommitGit', Aws.CODECOMMIT_GIT, on('clone and push'));
  /** Builds. */
  public static readonly CODEBUILD = new EndpointService('CodeBuild', Aws.CODEBUILD, on('builds of projects run in the VPC'));
  /** Delivery pipelines. */
  public static readonly CODEPIPELINE = new EndpointService('CodePipeline', Aws.CODEPIPELINE, withoutPolicy(off('only for calls from notebooks: AWS\'s services run pipelines from their own network')));
  /** Connections to Git providers. */
  public static readonly CODECONNECTIONS = new EndpointService('CodeConnections', Aws.CODE_CONNECTIONS, off('only for sources outside of AWS'));
  /** Package index, its API. */
  public static readonly CODEARTIFACT_API = new EndpointService('CodeArtifactApi', Aws.CODEARTIFACT_API, off('comes with a package index'));
  /** Package index, for package managers. */
  public static readonly CODEARTIFACT_REPOSITORIES = new EndpointService('CodeArtifactRepositories', Aws.CODEARTIFACT_REPOSITORIES, off('comes with a package index'));
  /** Queries. */
  public static readonly ATHENA = new EndpointService('Athena', Aws.ATHENA, off('only for queries from notebooks'));
  /** Data catalogue. */
  public static readonly GLUE = new EndpointService('Glue', Aws.GLUE, off('only for queries from notebooks and offline features'));
  /** Home file systems, their API. */
  public static readonly ELASTIC_FILE_SYSTEM = new EndpointService('ElasticFileSystem', Aws.ELASTIC_FILESYSTEM, off('only for handlers that run inside the VPC'));
  /** Stacks. */
  public static readonly CLOUDFORMATION = new EndpointService('CloudFormation', Aws.CLOUDFORMATION, off('only for deployments from inside the VPC'));
  /** Events. Sources disagree on whether a policy is supported: none, or the deployment could fail. */
  public static readonly EVENTS = new EndpointService('Events', Aws.EVENTBRIDGE, withoutPolicy(off('only for events that workloads send themselves')));
  /** Network interfaces and groups. */
  public static readonly EC2 = new EndpointService('Ec2', Aws.EC2, on('jobs and notebooks look at their network interfaces'));

  /**
   * A service that is not in the list, for `endpoints.additional`.
   *
   * @param endpointName name of the endpoint in the construct tree: 1–40 letters and digits, such as `SecretsManager`
   * @param service the service, such as `InterfaceVpcEndpointAwsService.SECRETS_MANAGER` of the CDK
   */
  public static of(endpointName: string, service: IInterfaceVpcEndpointService, options: EndpointServiceOptions = {}): EndpointService {
    const known = EndpointService.all().find((one) => one.endpointName === endpointName || one.service.name === service.name);
    new InputCheck('EndpointService.of')
      .matches('endpointName', endpointName, /^[A-Za-z][A-Za-z0-9]{0,39}$/, 'be 1–40 letters and digits, and begin with a letter')
      .that('endpointName', endpointName, () => known === undefined, `not name a service of the list, ${known?.endpointName}`, 'Take the constant of EndpointService')
      .done();
    return new EndpointService(endpointName, service, { onByDefault: false, supportsPolicy: options.supportsPolicy ?? true, reason: 'was asked for' });
  }

  /** All services of the list. */
  public static all(): EndpointService[] {
    return [
      EndpointService.SAGEMAKER_API, EndpointService.SAGEMAKER_RUNTIME, EndpointService.SAGEMAKER_STUDIO, EndpointService.SAGEMAKER_NOTEBOOK,
      EndpointService.SAGEMAKER_FEATURESTORE, EndpointService.SAGEMAKER_METRICS, EndpointService.SAGEMAKER_MLFLOW, EndpointService.STS,
      EndpointService.LOGS, EndpointService.MONITORING, EndpointService.KMS, EndpointService.ECR_API, EndpointService.ECR_DOCKER, EndpointService.SSM,
      EndpointService.SERVICE_CATALOG, EndpointService.CODECOMMIT, EndpointService.CODECOMMIT_GIT, EndpointService.CODEBUILD,
      EndpointService.CODEPIPELINE, EndpointService.CODECONNECTIONS, EndpointService.CODEARTIFACT_API, EndpointService.CODEARTIFACT_REPOSITORIES,
      EndpointService.ATHENA, EndpointService.GLUE, EndpointService.ELASTIC_FILE_SYSTEM, EndpointService.CLOUDFORMATION, EndpointService.EVENTS,
      EndpointService.EC2,
    ];
  }

  /** Whether an environment has this endpoint unless told otherwise. */
  public readonly onByDefault: boolean;
  /** Whether AWS supports an endpoint policy here. */
  public readonly supportsPolicy: boolean;
  /** Why an environment has this endpoint, or for what it would be needed. */
  public readonly reason: string;

  private constructor(
    /** Name of the endpoint in the construct tree and in messages. */
    public readonly endpointName: string,
    /** The service, as the CDK knows it. */
    public readonly service: IInterfaceVpcEndpointService,
    row: Row,
  ) {
    this.onByDefault = row.onByDefault;
    this.supportsPolicy = row.supportsPolicy;
    this.reason = row.reason;
  }

  /** Whether a list has this service: those that are not in ours are made anew each time they are named. @internal */
  public _isIn(services: EndpointService[] = []): boolean {
    return services.some(({ endpointName }) => endpointName === this.endpointName);
  }
}
