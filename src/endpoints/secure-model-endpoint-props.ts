import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { EndpointAlarmOptions } from './endpoint-alarms';
import { EndpointUpdate } from './endpoint-update';
import { ModelNetwork } from './model-network';
import { ModelVariant } from './model-variant';

/**
 * Where requests and answers are captured.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export interface DataCapture {
  /** Name of the bucket. */
  readonly bucketName: string;

  /** Key of the objects. */
  readonly encryptionKey: IKey;

  /**
   * What object keys begin with, ending with a slash.
   *
   * @default - the endpoint's name; SageMaker adds variant and time
   */
  readonly prefix?: string;

  /**
   * How much is captured, in percent of the requests: 0–100.
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
   * Name of the endpoint: 1–63 letters, digits and hyphens. Callers know the endpoint by it, and alarms watch it by it, so
   * it is fixed; models and configurations, which CloudFormation replaces, have names that it makes up.
   *
   * @default - a name made of the construct's path
   */
  readonly endpointName?: string;

  /** The models: 1–10. */
  readonly variants: ModelVariant[];

  /**
   * A model that gets copies of all requests, and whose answers nobody sees. Only beside a single variant.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
   */
  readonly shadowVariant?: ModelVariant;

  /** The role that the models run as. SageMaker looks at the alarms of an update as it, too (`cloudwatch:DescribeAlarms`). */
  readonly executionRole: IRole;

  /** Where the models run. */
  readonly network: ModelNetwork;

  /**
   * Key of the storage volumes. Left out where the instance types have local storage, which is encrypted by hardware and
   * takes no key; types with and without it are refused together.
   */
  readonly volumeKey: IKey;

  /**
   * Where requests and answers are captured.
   *
   * @default - nothing is captured
   */
  readonly dataCapture?: DataCapture;

  /**
   * How the endpoint goes over to a new model.
   *
   * @default - a second fleet, to which a canary of the requests goes first, or all of them where a variant may have a single instance
   */
  readonly update?: EndpointUpdate;

  /**
   * What the alarms that watch the endpoint, and roll updates back, are about.
   *
   * @default - errors, latency, and the load of processor, memory and disk
   */
  readonly alarms?: EndpointAlarmOptions;

  /**
   * Whether there is a dashboard with the endpoint's metrics.
   *
   * @default true
   */
  readonly dashboard?: boolean;
}
