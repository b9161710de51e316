import { RemovalPolicy } from 'aws-cdk-lib';
import { KeySource } from '../encryption';
import { ExecutionRolesOptions, PersonasOptions } from '../identity';
import { EnvironmentNetwork, PackageIndexOptions } from '../network';
import { EnvironmentRoleOptions } from '../registry';
import { DeploymentStage } from '../stages';
import { DataPreparationOptions, StorageOptions } from '../storage';
import { StudioOptions } from '../studio';

/** Properties of a data-science environment. */
export interface DataScienceEnvironmentProps {
  /**
   * Name of the environment: 1–20 characters, lower-case letters and digits in groups joined by single hyphens. Unique
   * in the account and region; roles, key aliases and parameters are named after it.
   */
  readonly environmentName: string;

  /**
   * The network that workloads run in.
   *
   * @default - a new VPC over two zones without internet access, with private endpoints
   */
  readonly network?: EnvironmentNetwork;

  /**
   * The keys that encrypt.
   *
   * @default EnvironmentKeys.managed()
   */
  readonly keys?: KeySource;

  /**
   * The buckets.
   *
   * @default - new ones, one per trust
   */
  readonly storage?: StorageOptions;

  /**
   * The roles that workloads run with, and what their guardrails allow.
   *
   * @default - new roles
   */
  readonly executionRoles?: ExecutionRolesOptions;

  /**
   * Who people are and who may become them.
   *
   * @default - new roles, which users of the account may assume under their own names
   */
  readonly personas?: PersonasOptions;

  /**
   * The Studio domain.
   *
   * @default - JupyterLab and Code Editor, idle shutdown, no home file system
   */
  readonly studio?: StudioOptions;

  /**
   * Whether the jobs, models, versions and pipelines that other Studio domains of the account have made are out of reach
   * for the environment's people and workloads. SageMaker marks what is made in a domain, and the mark stays when the
   * domain is replaced by a new one: then, or where teams share their models, say false.
   *
   * @default true
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-resource-isolation.html
   */
  readonly isolatesResources?: boolean;

  /**
   * A package index, so that `pip install` works without internet.
   *
   * @default - none; Studio's images bring the usual packages along
   */
  readonly packageIndex?: PackageIndexOptions;

  /**
   * Tables and queries over the data bucket, with AWS Glue and Amazon Athena, for ML engineers. Opens the data bucket to
   * Athena for the role that prepares data, and only for what it asks from the environment's network.
   *
   * @default - none
   */
  readonly dataPreparation?: DataPreparationOptions;

  /**
   * Where models are deployed, in this order.
   *
   * @default - nowhere yet
   */
  readonly deploymentStages?: DeploymentStage[];

  /**
   * ARNs of the roles with which CloudFormation deploys the environment. They alone may change policies and settings
   * of its keys and buckets.
   *
   * @default - the role that the CDK bootstrap gives to CloudFormation
   * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
   */
  readonly deployingRoles?: string[];

  /**
   * ARNs of roles that look at settings of buckets from outside of the network, such as an auditor's or a posture tool's. They
   * see no object.
   *
   * @default - the service-linked roles of AWS Config and IAM Access Analyzer only
   */
  readonly configurationReaders?: string[];

  /**
   * Whether SageMaker may fetch released models from its own network, for exactly the model roles of the environment and its
   * stages and the batch inference role. Otherwise models come through the S3 endpoints alone. For where CreateModel answers
   * that it could not access the model data; deployment targets have the same option, for what their model role may do and
   * for copies. Nothing tells SageMaker's network from others: credentials of those roles then read released models from
   * anywhere.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
   */
  readonly opensModelsToSageMaker?: boolean;

  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;

  /**
   * Who pays for the environment, as the tag `owner`.
   *
   * @default - no such tag
   */
  readonly owner?: string;

  /**
   * What becomes of buckets and keys when they leave the stack. DESTROY takes the context flag
   * `@cdk-secure-mlops/destroy-data` as well.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
