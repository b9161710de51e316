import { RemovalPolicy } from 'aws-cdk-lib';
import { IPortfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { ISigningProfile } from 'aws-cdk-lib/aws-signer';
import { KeySource } from '../encryption';
import { ExecutionRolesOptions, PersonasOptions } from '../identity';
import { EnvironmentRoleOptions } from '../names';
import { INetworkSource, PackageIndexOptions } from '../network';
import { DeploymentStage } from '../stages';
import { DataPreparationOptions, StorageOptions } from '../storage';
import { MlflowOptions, StudioOptions } from '../studio';

/** Properties of a data science environment. */
export interface DataScienceEnvironmentProps {
  /**
   * Name of the environment: 1–20 characters, lower-case letters and digits in groups joined by single hyphens.
   *
   * It must be unique in the account and region. Roles, key aliases and parameters are named after it.
   */
  readonly environmentName: string;

  /**
   * The network of the workloads.
   *
   * @default EnvironmentNetwork.managed()
   */
  readonly network?: INetworkSource;

  /**
   * The KMS keys.
   *
   * @default EnvironmentKeys.managed()
   */
  readonly keys?: KeySource;

  /**
   * Settings of the S3 buckets.
   *
   * @default - new buckets for data, models, releases, reports and access logs
   */
  readonly storage?: StorageOptions;

  /**
   * Settings of the execution roles and their guardrails.
   *
   * @default - new roles
   */
  readonly executionRoles?: ExecutionRolesOptions;

  /**
   * Settings of the roles of people, and of who may assume them.
   *
   * @default - new roles, which users of the account may assume under their own names
   */
  readonly personas?: PersonasOptions;

  /**
   * Settings of the Studio domain.
   *
   * @default - JupyterLab and Code Editor, idle shutdown, no home file system
   */
  readonly studio?: StudioOptions;

  /**
   * Spaces of Studio that several people share, whose applications run with an execution role of their own.
   *
   * Whoever works in Studio creates such spaces and opens those of others. CloudTrail shows what is done there and not by whom, so
   * that the role may do less than a person's.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-space.html
   */
  readonly sharedSpaces?: boolean;

  /**
   * Isolation from jobs, models, model versions and pipelines of other Studio domains of the account.
   *
   * SageMaker tags resources with the domain in which they were created, and the tag stays when the domain is replaced by a new
   * one: then, or where teams share their models, set it to false.
   *
   * @default true
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-resource-isolation.html
   */
  readonly domainResourceIsolation?: boolean;

  /**
   * Settings of a package index, with which `pip install` works without internet access.
   *
   * @default - no package index, only the packages in the images of Studio
   */
  readonly packageIndex?: PackageIndexOptions;

  /**
   * Settings of data preparation with AWS Glue and Amazon Athena over the data bucket, for ML engineers.
   *
   * The data bucket is opened to Athena for the role that prepares data, and only for requests from the environment's network.
   *
   * @default - no data preparation
   */
  readonly dataPreparation?: DataPreparationOptions;

  /**
   * Settings of an MLflow tracking server, with which notebooks and jobs track experiments.
   *
   * AWS charges for it by the hour while it runs.
   *
   * @default - no tracking server
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow.html
   */
  readonly mlflow?: MlflowOptions;

  /**
   * Feature groups of SageMaker Feature Store, with a bucket, a key and a role of their own.
   *
   * Only SageMaker writes the bucket. Notebooks and jobs read it, and add and look up records, from the environment's network.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/feature-store.html
   */
  readonly featureStore?: boolean;

  /**
   * AWS Signer profile with which Amazon ECR signs released images of projects (`ProjectBlueprint.imageBuild`).
   *
   * The signing configuration of the account's registry, which exists once per account and region, must have a rule with this profile
   * for `EnvironmentNames.releasedImagesRepositoryName`. What is not signed is not released. An environment without a project
   * template that builds images takes no profile.
   *
   * @default - released images are not signed
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/managed-signing.html
   */
  readonly imageSigningProfile?: ISigningProfile;

  /**
   * Service Catalog portfolio that exists already, in the account and region of the environment, to which project templates are added.
   *
   * Roles of the environment that launch projects get access to the portfolio, and so find what else is in it.
   *
   * @default - a new portfolio, with the first project template that is a product
   */
  readonly portfolio?: IPortfolio;

  /**
   * Stages to which models are deployed, in this order.
   *
   * @default - no stages
   */
  readonly deploymentStages?: DeploymentStage[];

  /**
   * ARNs of the roles with which CloudFormation deploys the environment.
   *
   * They alone may change policies and settings of its keys and buckets.
   *
   * @default - the CloudFormation execution role of the CDK bootstrap
   * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
   */
  readonly cloudFormationExecutionRoles?: string[];

  /**
   * ARNs of roles that read settings of buckets from outside of the network, such as an auditor's or a posture tool's.
   *
   * They read no objects.
   *
   * @default - only the service-linked roles of AWS Config and IAM Access Analyzer
   */
  readonly configurationReaders?: string[];

  /**
   * Access of SageMaker to released models from its own network, for where CreateModel cannot access the model data otherwise.
   *
   * It is limited to the model roles of the environment and its stages and the batch inference role. By default models come through
   * the S3 endpoints alone. Deployment targets have the same option, for their model role and copies of models. SageMaker's network
   * cannot be told from others: credentials of these roles then read released models from anywhere.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
   */
  readonly enableSageMakerModelAccess?: boolean;

  /**
   * Path and permissions boundary that your organization requires of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;

  /**
   * Owner of the environment, such as a cost center, as the value of the tag `owner`.
   *
   * @default - no such tag
   */
  readonly owner?: string;

  /**
   * Removal policy of buckets and keys.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
