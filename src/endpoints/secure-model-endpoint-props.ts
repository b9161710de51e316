import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { EndpointAlarmOptions } from './endpoint-alarm-options';
import { EndpointUpdate } from './endpoint-update';
import { ModelNetwork } from './model-network';
import { ModelVariant } from './model-variant';

/**
 * Capture of requests and responses.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export interface DataCapture {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** KMS key that encrypts the objects. */
  readonly encryptionKey: IKey;

  /**
   * Prefix of the object keys, with a slash at the end.
   *
   * @default - the endpoint's name, to which SageMaker adds variant and time
   */
  readonly prefix?: string;

  /**
   * Percentage of requests that is captured, 0–100.
   *
   * @default 100
   */
  readonly percentage?: number;

  /**
   * Content types that are captured as CSV text, at most 10.
   *
   * @default ['text/csv']
   */
  readonly csvContentTypes?: string[];

  /**
   * Content types that are captured as JSON, at most 10.
   *
   * @default ['application/json']
   */
  readonly jsonContentTypes?: string[];
}

/** Properties of a model endpoint. */
export interface SecureModelEndpointProps {
  /**
   * Name of the endpoint: 1–63 letters, digits and hyphens.
   *
   * Clients call the endpoint by its name, and alarms watch it by its name, so that it stays the same. Models and endpoint
   * configurations, which CloudFormation replaces, have generated names.
   *
   * @default - a name from the construct's path
   */
  readonly endpointName?: string;

  /** Production variants, 1–10. */
  readonly variants: ModelVariant[];

  /**
   * Shadow variant, which gets copies of all requests and whose responses are not returned, only beside a single variant.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
   */
  readonly shadowVariant?: ModelVariant;

  /**
   * Execution role of the models.
   *
   * SageMaker also reads the alarms of an update with it (`cloudwatch:DescribeAlarms`).
   */
  readonly executionRole: IRole;

  /** Network of the models. */
  readonly modelNetwork: ModelNetwork;

  /**
   * KMS key of the storage volumes.
   *
   * It is left out for instance types with local storage, which is encrypted by hardware and accepts no key. Instance types with and
   * without local storage cannot be combined.
   */
  readonly volumeKey: IKey;

  /**
   * Capture of requests and responses.
   *
   * @default - nothing is captured
   */
  readonly dataCapture?: DataCapture;

  /**
   * Strategy of updates of the endpoint.
   *
   * @default - a blue/green update with canary traffic shifting, or all at once where a variant may have a single instance
   */
  readonly update?: EndpointUpdate;

  /**
   * Settings of the alarms that watch the endpoint and roll updates back.
   *
   * @default - errors, latency, and utilization of CPU, memory and disk
   */
  readonly alarms?: EndpointAlarmOptions;

  /**
   * CloudWatch dashboard with the endpoint's metrics.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}
