import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { FlowLogOptions, PrivateEndpointsOptions } from '../network';

/** What may be decided about a deployment target, wherever it is placed. */
export interface DeploymentTargetOptions {
  /**
   * Address range of the target's new VPC, /16 to /28.
   *
   * @default '10.0.0.0/16'
   */
  readonly cidr?: string;

  /**
   * Number of availability zones of the new VPC, 1–4.
   *
   * @default 2
   */
  readonly zoneCount?: number;

  /**
   * The private endpoints of the new VPC.
   *
   * @default - those that a model endpoint needs: S3, container registry, logs, metrics, and SageMaker's runtime for those who ask
   */
  readonly endpoints?: PrivateEndpointsOptions;

  /**
   * How flow logs of the new VPC are kept.
   *
   * @default - all traffic, one year
   */
  readonly flowLogs?: FlowLogOptions;

  /**
   * How long is kept what endpoints capture of requests and answers, in whole days.
   *
   * @default Duration.days(90)
   */
  readonly captureExpiration?: Duration;

  /**
   * Names of roles of the target's account, with their path but for the first slash, that write what the right answers of
   * models were, so that monitors can tell how good they are: objects under `ground-truth/` of the capture bucket, through the
   * target's S3 endpoint. They may do nothing else with that bucket; the permission itself is for their owner to give.
   *
   * @default - nobody
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-merge.html
   */
  readonly groundTruthWriters?: string[];

  /**
   * Whether S3 keeps server access logs of what endpoints capture and of copies of models, for a year and in a bucket of the
   * target's own.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
   */
  readonly keepsAccessLogs?: boolean;

  /**
   * ARNs of roles that look at settings of the target's buckets from outside of its network, such as an auditor's. They see no
   * object.
   *
   * @default - the service-linked roles of AWS Config and IAM Access Analyzer only
   */
  readonly configurationReaders?: string[];

  /**
   * Whether SageMaker may fetch models from its own network for exactly the target's model role, and find the bucket they are
   * in. Otherwise models come through the S3 endpoint of the target's network alone. For where CreateModel answers that it
   * could not access the model data; the environment has the same option, for its releases. Nothing tells SageMaker's network
   * from others: credentials of the model role then read released models from anywhere.
   *
   * @default false
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/host-vpc.html
   */
  readonly opensModelsToSageMaker?: boolean;

  /**
   * Managed policy that bounds what the target's roles may do. Their path is the environment's role path; the deployment
   * role has none, because stack sets know none.
   *
   * @default - no permissions boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * What becomes of the capture bucket, keys and flow logs when they leave the stack. DESTROY takes the context flag
   * `@cdk-secure-mlops/destroy-data` as well. A target holds no function, so none empties the bucket: CloudFormation
   * deletes it only when it is empty.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
