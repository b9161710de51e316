import { IInterfaceVpcEndpointService, InterfaceVpcEndpointAwsService as Aws } from 'aws-cdk-lib/aws-ec2';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired, like } from '../private/required-input';

interface Row {
  readonly onByDefault: boolean;
  readonly policySupported: boolean;
  readonly reason: string;
}

const on = (reason: string): Row => ({ onByDefault: true, policySupported: true, reason });
const off = (reason: string): Row => ({ onByDefault: false, policySupported: true, reason });
/** A policy where AWS supports none fails the deployment. */
const withoutPolicy = (row: Row): Row => ({ ...row, policySupported: false });

/** Options of a service that has no constant in `EndpointService`. */
export interface EndpointServiceOptions {
  /**
   * Support of the service for VPC endpoint policies.
   *
   * Without an endpoint policy, everything that the caller's credentials allow passes, including credentials of other accounts.
   * Where AWS supports no policy, a policy makes the deployment fail.
   *
   * @default true
   * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
   */
  readonly policySupported?: boolean;
}

/**
 * An AWS service that workloads reach by an interface VPC endpoint.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
export class EndpointService {
  /** The SageMaker API (control plane). */
  public static readonly SAGEMAKER_API = new EndpointService('SageMakerApi', Aws.SAGEMAKER_API, on('every job, pipeline and model is made by it'));
  /** SageMaker Runtime, which invokes model endpoints. */
  public static readonly SAGEMAKER_RUNTIME = new EndpointService('SageMakerRuntime', Aws.SAGEMAKER_RUNTIME, on('tests of deployed models'));
  /** SageMaker Studio. */
  public static readonly SAGEMAKER_STUDIO = new EndpointService('SageMakerStudio', Aws.SAGEMAKER_STUDIO, on('Studio in VPC-only mode does not open without it'));
  /** SageMaker notebook instances. */
  public static readonly SAGEMAKER_NOTEBOOK = new EndpointService('SageMakerNotebook', Aws.SAGEMAKER_NOTEBOOK, off('Studio has taken the place of notebook instances'));
  /** SageMaker Feature Store Runtime, the online store. */
  public static readonly SAGEMAKER_FEATURESTORE = new EndpointService('SageMakerFeatureStore', Aws.SAGEMAKER_FEATURESTORE_RUNTIME, off('comes with `featureStore`'));
  /** SageMaker Metrics, which receives the metrics of experiment runs. */
  public static readonly SAGEMAKER_METRICS = new EndpointService('SageMakerMetrics', Aws.SAGEMAKER_METRICS, on('metrics of runs (BatchPutMetrics)'));
  /**
   * MLflow tracking servers, which AWS names `experiments`.
   *
   * MLflow Apps have another host.
   */
  public static readonly SAGEMAKER_MLFLOW = new EndpointService('SageMakerMlflow', Aws.SAGEMAKER_EXPERIMENTS, off('comes with `mlflow`'));
  /** AWS Security Token Service. */
  public static readonly STS = new EndpointService('Sts', Aws.STS, on('roles are assumed by it'));
  /** CloudWatch Logs. */
  public static readonly LOGS = new EndpointService('Logs', Aws.CLOUDWATCH_LOGS, on('jobs write their logs'));
  /** CloudWatch metrics and alarms. */
  public static readonly MONITORING = new EndpointService('Monitoring', Aws.CLOUDWATCH_MONITORING, on('jobs write their metrics'));
  /** AWS Key Management Service. */
  public static readonly KMS = new EndpointService('Kms', Aws.KMS, on('volumes and objects are encrypted with customer-managed keys'));
  /** The Amazon ECR API. */
  public static readonly ECR_API = new EndpointService('EcrApi', Aws.ECR, on('images of jobs and applications'));
  /** The Amazon ECR registry for Docker clients. */
  public static readonly ECR_DOCKER = new EndpointService('EcrDocker', Aws.ECR_DOCKER, on('images of jobs and applications'));
  /** AWS Systems Manager, with its Parameter Store. */
  public static readonly SSM = new EndpointService('Ssm', Aws.SSM, on('the environment\'s SSM parameters'));
  /**
   * AWS Service Catalog, which launches project templates.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-updated-and-internet-access.html
   */
  public static readonly SERVICE_CATALOG = new EndpointService('ServiceCatalog', Aws.SERVICE_CATALOG, withoutPolicy(on('projects: AWS asks for it where Studio is in VPC-only mode')));
  /** The CodeCommit API. */
  public static readonly CODECOMMIT = new EndpointService('CodeCommit', Aws.CODECOMMIT, on('repositories of projects'));
  /** CodeCommit repositories for Git clients. */
  public static readonly CODECOMMIT_GIT = new EndpointService('CodeCommitGit', Aws.CODECOMMIT_GIT, on('clone and push'));
  /** AWS CodeBuild. */
  public static readonly CODEBUILD = new EndpointService('CodeBuild', Aws.CODEBUILD, on('builds of projects run in the VPC'));
  /** AWS CodePipeline. */
  public static readonly CODEPIPELINE = new EndpointService('CodePipeline', Aws.CODEPIPELINE, withoutPolicy(off('only for calls from notebooks: AWS\'s services run pipelines from their own network')));
  /** AWS CodeConnections, which connects to Git providers. */
  public static readonly CODECONNECTIONS = new EndpointService('CodeConnections', Aws.CODE_CONNECTIONS, off('only for sources outside of AWS'));
  /** The CodeArtifact API. */
  public static readonly CODEARTIFACT_API = new EndpointService('CodeArtifactApi', Aws.CODEARTIFACT_API, off('comes with a package index'));
  /** CodeArtifact repositories for package managers. */
  public static readonly CODEARTIFACT_REPOSITORIES = new EndpointService('CodeArtifactRepositories', Aws.CODEARTIFACT_REPOSITORIES, off('comes with a package index'));
  /** Amazon Athena. */
  public static readonly ATHENA = new EndpointService('Athena', Aws.ATHENA, off('only for queries from notebooks'));
  /** AWS Glue, with its Data Catalog. */
  public static readonly GLUE = new EndpointService('Glue', Aws.GLUE, off('only for queries from notebooks and offline features'));
  /** The Amazon EFS API. */
  public static readonly ELASTIC_FILE_SYSTEM = new EndpointService('ElasticFileSystem', Aws.ELASTIC_FILESYSTEM, off('only for handlers that run inside the VPC'));
  /** AWS CloudFormation. */
  public static readonly CLOUDFORMATION = new EndpointService('CloudFormation', Aws.CLOUDFORMATION, off('only for deployments from inside the VPC'));
  /**
   * Amazon EventBridge.
   *
   * AWS's pages disagree on the support of endpoint policies, so that none is set: it could make the deployment fail.
   */
  public static readonly EVENTS = new EndpointService('Events', Aws.EVENTBRIDGE, withoutPolicy(off('only for events that workloads send themselves')));
  /** The Amazon EC2 API, for network interfaces and security groups. */
  public static readonly EC2 = new EndpointService('Ec2', Aws.EC2, on('jobs and notebooks look at their network interfaces'));

  /**
   * Describes a service that has no constant here, for `endpoints.additionalServices`.
   *
   * @param endpointName name of the endpoint in the construct tree: 1–40 letters and digits, such as `SecretsManager`
   * @param service the service, such as `InterfaceVpcEndpointAwsService.SECRETS_MANAGER` of the CDK
   * @throws if the name is not valid, or if the service has a constant here
   */
  public static of(endpointName: string, service: IInterfaceVpcEndpointService, options: EndpointServiceOptions = {}): EndpointService {
    checkRequired('EndpointService.of', { endpointName, service }, {
      endpointName: ANYTHING, service: like<IInterfaceVpcEndpointService>('port', 'a service, such as InterfaceVpcEndpointAwsService.GLUE'),
    });
    const known = EndpointService.all().find((one) => one.endpointName === endpointName || one.service.name === service.name);
    new InputCheck('EndpointService.of')
      .matches('endpointName', endpointName, /^[A-Za-z][A-Za-z0-9]{0,39}$/, 'be 1–40 letters and digits, and begin with a letter')
      .that('endpointName', endpointName, () => known === undefined, `not name a service of the list, ${known?.endpointName}`, 'Take the constant of EndpointService')
      .throwIfInvalid();
    return new EndpointService(endpointName, service, { onByDefault: false, policySupported: options.policySupported ?? true, reason: 'was asked for' });
  }

  /** Returns all services that have a constant here. */
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

  /** True for services whose endpoints an environment has by default. */
  public readonly onByDefault: boolean;
  /** True for services whose VPC endpoints support an endpoint policy. */
  public readonly policySupported: boolean;
  /** Purpose of the endpoint in an environment. */
  public readonly reason: string;

  private constructor(
    /** Name of the endpoint in the construct tree and in messages. */
    public readonly endpointName: string,
    /** The service, as the CDK knows it. */
    public readonly service: IInterfaceVpcEndpointService,
    row: Row,
  ) {
    this.onByDefault = row.onByDefault;
    this.policySupported = row.policySupported;
    this.reason = row.reason;
  }

  /** Whether a list has this service: those that are not in ours are made anew each time they are named. @internal */
  public _isIn(services: EndpointService[] = []): boolean {
    return services.some(({ endpointName }) => endpointName === this.endpointName);
  }
}
