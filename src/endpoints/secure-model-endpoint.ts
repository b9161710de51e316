import { Names, Resource, Token } from 'aws-cdk-lib';
import { Alarm, Dashboard, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { CfnEndpoint, CfnEndpointConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { EndpointMetricOptions } from './endpoint-metric-options';
import { IModelEndpoint } from './model-endpoint';
import { acknowledge } from '../private/acknowledgements';
import { ENDPOINT } from './private/acknowledgements';
import { EndpointAlarms } from './private/endpoint-alarms';
import { endpointDashboard } from './private/endpoint-dashboard';
import { checkModelEndpoint, checkInstances } from './private/endpoint-rules';
import { scaleVariant } from './private/endpoint-scaling';
import { captureConfiguration, makeModel, usualUpdate, variantConfiguration, variantNameOf } from './private/endpoint-shapes';
import { volumeKeyOf } from './private/volume-key';
import { SecureModelEndpointProps } from './secure-model-endpoint-props';
import { VariantMetrics } from './variant-metrics';
import { arnIn } from '../private/arn';
import { InputCheck } from '../private/input-check';
import { throwValidationError } from '../private/invalid-input';
import { checkRequired, GRANTEE, TEXT } from '../private/required-input';

/**
 * A SageMaker real-time endpoint in a VPC, with network isolation, encryption with your KMS key, and alarms that roll updates back.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html
 */
export class SecureModelEndpoint extends Resource implements IModelEndpoint, IConnectable {
  /** Imports an endpoint by its name. */
  public static fromEndpointName(scope: Construct, id: string, endpointName: string): IModelEndpoint {
    checkRequired(`${scope.node.path}/${id}`, { endpointName }, { endpointName: TEXT });
    class ImportedEndpoint extends Resource implements IModelEndpoint {
      public readonly endpointName = endpointName;
      public readonly endpointArn = arnOf(this, endpointName);

      public grantInvoke(grantee: IGrantable): Grant {
        return grantInvoke(grantee, this.endpointArn);
      }
    }
    return new ImportedEndpoint(scope, id);
  }

  /** Name of the endpoint. */
  public readonly endpointName: string;
  /** ARN of the endpoint. */
  public readonly endpointArn: string;
  /** Names of the variants that respond to requests. */
  public readonly variantNames: string[];
  /** Alarms of errors and latency that roll an update back, with more than five variants those of errors alone. */
  public readonly rollbackAlarms: Alarm[];
  /** Alarms that only notify, those of utilization above all. */
  public readonly notificationAlarms: Alarm[];
  /** The CloudWatch dashboard, if there is one. */
  public readonly dashboard?: Dashboard;
  private readonly group?: Connections;

  constructor(scope: Construct, id: string, props: SecureModelEndpointProps) {
    super(scope, id);
    acknowledge(this, ENDPOINT);
    checkModelEndpoint(this, props);
    const { securityGroups } = props.modelNetwork;
    this.group = securityGroups && new Connections({ securityGroups });
    this.endpointName = props.endpointName ?? Names.uniqueResourceName(this, { maxLength: 63, separator: '-' });
    this.variantNames = props.variants.map(variantNameOf);
    const alarms = new EndpointAlarms(this, 'Alarms', { ...props.alarms, endpointName: this.endpointName, variantNames: this.variantNames });
    this.rollbackAlarms = alarms.rollback;
    this.notificationAlarms = alarms.notificationAlarms;

    const scales = props.variants.some(({ scaling }) => scaling !== undefined);
    const endpoint = new CfnEndpoint(this, 'Resource', {
      endpointName: this.endpointName,
      endpointConfigName: this.configure(props).attrEndpointConfigName,
      deploymentConfig: {
        ...(props.update ?? usualUpdate([...props.variants, ...props.shadowVariant ? [props.shadowVariant] : []]))._configuration,
        autoRollbackConfiguration: { alarms: this.rollbackAlarms.map(({ alarmName }) => ({ alarmName })) },
      },
      // What auto scaling made of the number of instances outlives an update; weights are the template's.
      retainAllVariantProperties: scales,
      excludeRetainedVariantProperties: scales ? [{ variantPropertyType: 'DesiredWeight' }] : undefined,
    });
    this.endpointArn = endpoint.ref; // as SageMaker writes it: in lower case
    for (const variant of props.variants) scaleVariant(this, { variant, endpoint, endpointName: this.endpointName });
    if (props.dashboard ?? true) this.dashboard = endpointDashboard(this, this.endpointName, this.variantNames);
  }

  /** The network connections over which model artifacts are fetched, as containers have no network. */
  public get connections(): Connections {
    return this.group ?? throwValidationError(this, {
      property: 'network',
      value: 'ModelNetwork.fromAttributes()',
      rule: 'be ModelNetwork.fromVpc() for its connections to be changed',
      remedy: 'Security groups that are known by their ids stay as they are',
    });
  }

  /** Grants permission to invoke the endpoint, by `sagemaker:InvokeEndpoint` and `sagemaker:InvokeEndpointWithResponseStream`. */
  public grantInvoke(grantee: IGrantable): Grant {
    return grantInvoke(grantee, this.endpointArn);
  }

  /** Metric for the number of requests to a variant. */
  public metricInvocations(options?: EndpointMetricOptions): Metric {
    return this.measure('invocations', options);
  }

  /** Metric for the number of requests to a variant that failed with an error of the model or of SageMaker. */
  public metricInvocation5XXErrors(options?: EndpointMetricOptions): Metric {
    return this.measure('invocation5XXErrors', options);
  }

  /** Metric for the number of requests to a variant that failed because the model does not accept them. */
  public metricInvocation4XXErrors(options?: EndpointMetricOptions): Metric {
    return this.measure('invocation4XXErrors', options);
  }

  /** Metric for the time that a variant takes to respond, in microseconds. */
  public metricModelLatency(options?: EndpointMetricOptions): Metric {
    return this.measure('modelLatency', options);
  }

  /** Time that SageMaker adds to the model's, in microseconds: the 95th percentile, unless told otherwise. */
  public metricOverheadLatency(options?: EndpointMetricOptions): Metric {
    return this.measure('overheadLatency', options);
  }

  /** Requests per minute to each instance of a variant. */
  public metricInvocationsPerInstance(options?: EndpointMetricOptions): Metric {
    return this.measure('invocationsPerInstance', options);
  }

  /** Use of the processors of a variant, in percent of all of them. */
  public metricCpuUtilization(options?: EndpointMetricOptions): Metric {
    return this.measure('cpuUtilization', options);
  }

  /** Use of the memory of a variant, in percent. */
  public metricMemoryUtilization(options?: EndpointMetricOptions): Metric {
    return this.measure('memoryUtilization', options);
  }

  /** Use of the disks of a variant, in percent. */
  public metricDiskUtilization(options?: EndpointMetricOptions): Metric {
    return this.measure('diskUtilization', options);
  }

  private measure(what: keyof VariantMetrics, { variantName = this.variantNames[0], ...options }: EndpointMetricOptions = {}): Metric {
    new InputCheck(this)
      .that('variantName', variantName, (name) => this.variantNames.includes(name), `be a variant of the endpoint: ${this.variantNames.join(', ')}`)
      .throwIfInvalid();
    return new VariantMetrics(this.endpointName, variantName)[what](options);
  }

  private configure(props: SecureModelEndpointProps): CfnEndpointConfig {
    const { variants, shadowVariant, dataCapture } = props;
    const shaped = (kind: string) => (variant: (typeof variants)[number], index: number) =>
      variantConfiguration(variant, makeModel(this, `${kind}${index === 0 ? '' : index + 1}`, variant, props));
    const configuration = new CfnEndpointConfig(this, 'Configuration', {
      productionVariants: variants.map(shaped('Model')),
      shadowProductionVariants: shadowVariant && [shadowVariant].map(shaped('ShadowModel')),
      kmsKeyId: volumeKeyOf(this, props),
      dataCaptureConfig: dataCapture && captureConfiguration(dataCapture, this.endpointName),
    });
    this.node.addValidation({ validate: () => checkInstances(configuration) });
    return configuration;
  }
}

function arnOf(scope: Construct, endpointName: string): string {
  // SageMaker writes names in ARNs in lower case, however they were given.
  const resourceName = Token.isUnresolved(endpointName) ? endpointName : endpointName.toLowerCase();
  return arnIn(scope, 'sagemaker', `endpoint/${resourceName}`);
}

function grantInvoke(grantee: IGrantable, endpointArn: string): Grant {
  checkRequired('SecureModelEndpoint.grantInvoke', { grantee }, { grantee: GRANTEE });
  return Grant.addToPrincipal({ grantee, actions: ['sagemaker:InvokeEndpoint', 'sagemaker:InvokeEndpointWithResponseStream'], resourceArns: [endpointArn] });
}
