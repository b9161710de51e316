import { CfnEndpointConfig, CfnModel } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { EndpointUpdate } from '../endpoint-update';
import { ModelContainer } from '../model-container';
import { ModelVariant } from '../model-variant';
import { DataCapture, SecureModelEndpointProps } from '../secure-model-endpoint-props';
import { TrafficShifting } from '../traffic-shifting';
import { wholeSeconds } from './whole-seconds';

/** The name under which a single variant is known in SageMaker's own consoles and examples. */
const ALL_TRAFFIC = 'AllTraffic';

export function variantNameOf({ variantName }: ModelVariant): string {
  return variantName ?? ALL_TRAFFIC;
}

/** How many instances a variant begins with. */
export function instanceCountOf({ instanceCount = 2 }: ModelVariant): number {
  return instanceCount;
}

/** The fewest instances that a variant has. */
export function fewestInstancesOf(variant: ModelVariant): number {
  return variant.scaling?.minInstanceCount ?? instanceCountOf(variant);
}

/** Whether a variant has, or scales in to, one instance. */
export function mayBeAlone(variant: ModelVariant): boolean {
  return fewestInstancesOf(variant) === 1;
}

/** How an endpoint is updated unless it is said: SageMaker moves at most half of a variant in a first step, and one instance has no half. */
export function usualUpdate(variants: ModelVariant[]): EndpointUpdate {
  return EndpointUpdate.blueGreen({ trafficShifting: variants.some(mayBeAlone) ? TrafficShifting.allAtOnce() : TrafficShifting.canary() });
}

/** A model, under a name that CloudFormation makes up: changing anything of it replaces it. */
export function makeModel(scope: Construct, id: string, { containers }: ModelVariant, props: SecureModelEndpointProps): CfnModel {
  const { executionRole, modelNetwork: network } = props;
  const shapes = containers.map(containerDefinition);
  const model = new CfnModel(scope, id, {
    ...(shapes.length === 1 ? { primaryContainer: shapes[0] } : { containers: shapes, inferenceExecutionConfig: { mode: 'Serial' } }),
    executionRoleArn: executionRole.roleArn,
    enableNetworkIsolation: true,
    vpcConfig: { subnets: network.subnetIds, securityGroupIds: network.securityGroupIds },
  });
  model.node.addDependency(executionRole); // its permissions are there before SageMaker looks for the artifact
  return model;
}

function containerDefinition(given: ModelContainer): CfnModel.ContainerDefinitionProperty {
  const { uncompressedModelData, environmentVariables: environment, ...others } = given;
  const container = { ...others, environment };
  if (uncompressedModelData === undefined) return container;
  const s3DataType = uncompressedModelData.endsWith('/') ? 'S3Prefix' : 'S3Object';
  return { ...container, modelDataSource: { s3DataSource: { s3Uri: uncompressedModelData, s3DataType, compressionType: 'None' } } };
}

export function variantConfiguration(variant: ModelVariant, model: CfnModel): CfnEndpointConfig.ProductionVariantProperty {
  const { instanceType, weight, requestRouting, volumeSize, modelDataDownloadTimeout, startupHealthCheckTimeout } = variant;
  const place = `variant ${variantNameOf(variant)}`;
  return {
    variantName: variantNameOf(variant),
    modelName: model.attrModelName,
    instanceType,
    initialInstanceCount: instanceCountOf(variant),
    initialVariantWeight: weight ?? 1,
    routingConfig: requestRouting && { routingStrategy: requestRouting },
    volumeSizeInGb: volumeSize?.toGibibytes(),
    modelDataDownloadTimeoutInSeconds: modelDataDownloadTimeout && wholeSeconds(place, 'modelDataDownloadTimeout', modelDataDownloadTimeout, 60, 3600),
    containerStartupHealthCheckTimeoutInSeconds: startupHealthCheckTimeout && wholeSeconds(place, 'startupHealthCheckTimeout', startupHealthCheckTimeout, 60, 3600),
  };
}

export function captureConfiguration(capture: DataCapture, endpointName: string): CfnEndpointConfig.DataCaptureConfigProperty {
  const { bucketName, encryptionKey, prefix, percentage, csvContentTypes, jsonContentTypes } = capture;
  return {
    enableCapture: true,
    initialSamplingPercentage: percentage ?? 100,
    destinationS3Uri: `s3://${bucketName}/${prefix ?? `${endpointName}/`}`,
    kmsKeyId: encryptionKey.keyArn,
    captureOptions: [{ captureMode: 'Input' }, { captureMode: 'Output' }],
    captureContentTypeHeader: { csvContentTypes: csvContentTypes ?? ['text/csv'], jsonContentTypes: jsonContentTypes ?? ['application/json'] },
  };
}
