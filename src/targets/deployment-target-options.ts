import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { TargetRole } from '../names';
import { FlowLogOptions, PrivateEndpointsOptions } from '../network';

/** Settings of a deployment target, in a stack of its own or in a stack set. @internal */
export interface DeploymentTargetOptions {
  /**
   * IPv4 CIDR block of the target's new VPC, /16 to /28.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * Number of Availability Zones of the new VPC, 1–4.
   *
   * @default 2
   */
  readonly zoneCount?: number;

  /**
   * Settings of the VPC endpoints of the new VPC.
   *
   * @default - the endpoints that a model endpoint needs: S3, ECR, CloudWatch logs and metrics, and SageMaker Runtime for clients
   */
  readonly endpoints?: PrivateEndpointsOptions;

  /**
   * Settings of the flow logs of the new VPC.
   *
   * @default - all traffic, one year
   */
  readonly flowLogs?: FlowLogOptions;

  /**
   * Time until captured requests and responses expire, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly captureExpiration?: Duration;

  /**
   * Names of roles of the target's account that write ground truth labels, with their path but without its first slash.
   *
   * Monitors need the labels to measure model quality. The roles write objects under `ground-truth/` of the data capture bucket
   * through the target's S3 endpoint, and may do nothing else with that bucket. Their owner has to grant them the permission.
   *
   * @default - no roles
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
   */
  readonly groundTruthWriters?: string[];

  /**
   * S3 server access logs of captured data and copies of models, kept for a year in a bucket of the target's own.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
   */
  readonly enableAccessLogs?: boolean;

  /**
   * ARNs of roles that read settings of the target's buckets from outside of its network, such as an auditor's.
   *
   * They read no objects.
   *
   * @default - only the service-linked roles of AWS Config and IAM Access Analyzer
   */
  readonly configurationReaders?: string[];

  /**
   * IDs of accounts whose container images models are deployed with, such as that of a company's registry.
   *
   * The repositories in those accounts have to let the target's account in. `imageAccounts` of the environment's execution roles
   * are those that models are trained with.
   *
   * @default - only the target's account, the environment's, and the accounts of AWS that hold SageMaker's images in the region
   */
  readonly imageAccounts?: string[];

  /**
   * Access of SageMaker to models from its own network, for where CreateModel cannot access the model data otherwise.
   *
   * It is limited to the target's model role. By default models come through the S3 endpoint of the target's network alone. The
   * environment has the same option, for its releases. SageMaker's network cannot be told from others: credentials of the model
   * role then read released models from anywhere.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
   */
  readonly enableSageMakerModelAccess?: boolean;

  /**
   * Roles of the target that exist already and are used in the place of new ones.
   *
   * Each has the name and path of `EnvironmentNames.targetRoleArn`, because the environment knows the roles of its targets by that
   * alone. Nothing is attached to them. Their owner gives them `CrossAccountDeploymentTarget.requiredTrust` and `requiredPolicies`, and
   * keeps their permissions boundary. A role that the target does not have changes nothing.
   *
   * @default - all roles are created
   */
  readonly existingRoles?: TargetRole[];

  /**
   * Managed policy that is the permissions boundary of the target's roles.
   *
   * Their path is the environment's role path. The deployment role has none, as stack sets find it by its name alone.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * Removal policy of the data capture bucket, keys and flow logs.
   *
   * DESTROY takes effect only with the context flag `@cdk-secure-mlops/destroy-data`. A target has no function that empties the
   * bucket: CloudFormation deletes it only when it is empty.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
