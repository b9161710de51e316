import { Duration, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names/environment-names';
import { EnvironmentParameter } from '../names/environment-parameter';
import { InputCheck } from '../private/input-check';
import { checkRequired } from '../private/required-input';
import { sdkConfigurationScript } from './private/sdk-configuration-script';
import { NAMES } from '../names/kinds';

/** Options of the SageMaker Python SDK configuration that no Systems Manager parameter holds. */
export interface StudioSdkConfigurationOptions {
  /**
   * Prefix of the data bucket for outputs of users, with a slash at the end.
   *
   * @default 'outputs/'
   */
  readonly outputPrefix?: string;

  /**
   * Network isolation of jobs, as `guardrails.requireNetworkIsolation` requires.
   *
   * @default false
   */
  readonly requireNetworkIsolation?: boolean;

  /**
   * Run time of jobs that name none, as `guardrails.maximumRuntime` allows: 1 minute to 28 days.
   *
   * @default Duration.days(1)
   */
  readonly maximumRuntime?: Duration;

  /**
   * Bucket, key and role of feature groups, for an environment with `featureStore`.
   *
   * @default false
   */
  readonly featureStore?: boolean;

  /**
   * Tracking URI of MLflow's clients, for an environment with `mlflow`.
   *
   * @default false
   */
  readonly enableMlflow?: boolean;
}

/**
 * Configuration of the SageMaker Python SDK in Studio, versions 2 and 3.
 *
 * It holds the default bucket, role, network, keys and encryption of jobs, and is written into each space when an application
 * starts.
 *
 * @see https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
 */
export class StudioSdkConfiguration {
  /** No configuration, with which the SDK creates a bucket of its own and runs jobs in no VPC, as guardrails deny. */
  public static none(): StudioSdkConfiguration {
    return new StudioSdkConfiguration();
  }

  /**
   * Configuration from the Systems Manager parameters of an environment at the time of the start.
   *
   * The execution roles need permission to read the parameters.
   */
  public static fromNames(names: EnvironmentNames, options: StudioSdkConfigurationOptions = {}): StudioSdkConfiguration {
    checkRequired('StudioSdkConfiguration.fromNames', { names }, { names: NAMES });
    const { outputPrefix = 'outputs/', requireNetworkIsolation = false, maximumRuntime = Duration.days(1) } = options;
    new InputCheck('StudioSdkConfiguration')
      .matches('outputPrefix', outputPrefix, /^(?!\/)([A-Za-z0-9!_.'()=-]+\/)+$/, 'be a prefix that ends with a slash and begins with none, such as outputs/')
      .minutesBetween('maximumRuntime', maximumRuntime, 1, 28 * 24 * 60, 'SageMaker ends no job later')
      .throwIfInvalid();
    const parameters: Record<string, string> = {
      subnets: names.parameterName(EnvironmentParameter.SUBNET_IDS),
      group: names.parameterName(EnvironmentParameter.WORKLOAD_SECURITY_GROUP_ID),
      bucket: names.parameterName(EnvironmentParameter.DATA_BUCKET),
      dataKey: names.parameterName(EnvironmentParameter.DATA_KEY_ARN),
      volumeKey: names.parameterName(EnvironmentParameter.VOLUMES_KEY_ARN),
      jobRole: names.parameterName(EnvironmentParameter.JOB_EXECUTION_ROLE_ARN),
      pipelineRole: names.parameterName(EnvironmentParameter.PIPELINE_EXECUTION_ROLE_ARN),
      ...options.featureStore && {
        offlineStore: names.parameterName(EnvironmentParameter.OFFLINE_STORE_BUCKET),
        featureStoreKey: names.parameterName(EnvironmentParameter.FEATURE_STORE_KEY_ARN),
        featureStoreRole: names.parameterName(EnvironmentParameter.FEATURE_STORE_ROLE_ARN),
      },
      ...options.enableMlflow && { trackingServer: names.parameterName(EnvironmentParameter.MLFLOW_TRACKING_SERVER_ARN) },
    };
    return new StudioSdkConfiguration(({ region }) => sdkConfigurationScript({
      region, parameters, requireNetworkIsolation, outputPrefix: outputPrefix.replace(/\/$/, ''), namePrefix: names.projectPrefix, maximumRuntime: maximumRuntime.toSeconds(),
    }));
  }

  private constructor(private readonly write?: (stack: Stack) => string) {}

  /** Returns the script that writes the configuration, if there is one to write. */
  public scriptFor(scope: Construct): string | undefined {
    return this.write?.(Stack.of(scope));
  }
}
