import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InputCheck } from '../private/input-check';
import { EnvironmentParameter } from '../registry/environment-parameter';
import { EnvironmentRegistry } from '../registry/environment-registry';
import { sdkConfigurationScript } from './private/sdk-configuration-script';

/** What of an environment no parameter tells. */
export interface StudioSdkConfigurationOptions {
  /**
   * Prefix of the data bucket under which people write, with a slash at its end.
   *
   * @default 'outputs/'
   */
  readonly outputPrefix?: string;

  /**
   * Whether jobs run without any network, as `guardrails.isolatesJobs` demands.
   *
   * @default false
   */
  readonly isolatesJobs?: boolean;
}

/**
 * The configuration of the SageMaker Python SDK in Studio, versions 2 and 3: bucket, role, network, keys and encryption that
 * jobs have unless code says otherwise. Written into each space when an application starts.
 *
 * @see https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
 */
export class StudioSdkConfiguration {
  /** The SDK is left as it is: it makes a bucket of its own and runs jobs in no VPC, which guardrails refuse. */
  public static none(): StudioSdkConfiguration {
    return new StudioSdkConfiguration();
  }

  /** What the parameters of an environment say at that moment. The execution roles need to read them. */
  public static fromRegistry(registry: EnvironmentRegistry, options: StudioSdkConfigurationOptions = {}): StudioSdkConfiguration {
    const { outputPrefix = 'outputs/', isolatesJobs = false } = options;
    new InputCheck('StudioSdkConfiguration').matches('outputPrefix', outputPrefix, /^(?!\/)([A-Za-z0-9!_.'()=-]+\/)+$/, 'be a prefix that ends with a slash and begins with none, such as outputs/').done();
    const parameters = {
      subnets: registry.parameterName(EnvironmentParameter.SUBNET_IDS),
      group: registry.parameterName(EnvironmentParameter.WORKLOAD_SECURITY_GROUP_ID),
      bucket: registry.parameterName(EnvironmentParameter.DATA_BUCKET),
      dataKey: registry.parameterName(EnvironmentParameter.DATA_KEY_ARN),
      volumeKey: registry.parameterName(EnvironmentParameter.VOLUMES_KEY_ARN),
      jobRole: registry.parameterName(EnvironmentParameter.JOB_EXECUTION_ROLE_ARN),
      pipelineRole: registry.parameterName(EnvironmentParameter.PIPELINE_EXECUTION_ROLE_ARN),
    };
    return new StudioSdkConfiguration(({ region }) => sdkConfigurationScript({
      region, parameters, isolatesJobs, outputPrefix: outputPrefix.replace(/\/$/, ''),
    }));
  }

  private constructor(private readonly write?: (stack: Stack) => string) {}

  /** The script that writes the configuration, if there is one to write. */
  public scriptFor(scope: Construct): string | undefined {
    return this.write?.(Stack.of(scope));
  }
}
