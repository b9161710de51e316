import {
  DeleteEndpointCommand, DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeEndpointConfigOutput, DescribeModelCommand,
  DescribeModelOutput,
} from '@aws-sdk/client-sagemaker';
import { atAction, keyArn, sagemaker } from './sagemaker';
import { unlessGone } from '../faults';
import { command, Kind, Request } from '../seen';

/** Those that answer, or could again. One that is being made or changed is looked at when that is done: its state changes then. */
const ACTIVE = ['InService', 'OutOfService', 'UpdateRollbackFailed'];

/** Endpoints, by their configuration and models. Deleted: configuration and models stay. */
export const ENDPOINT: Kind = {
  action: 'delete-endpoint',
  look: async ({ name: { EndpointName } }) => {
    const endpoint = await unlessGone(() => sagemaker.send(new DescribeEndpointCommand({ EndpointName })));
    if (endpoint === undefined) return undefined;
    const { EndpointConfigName } = endpoint;
    // What was deleted meanwhile breaks nothing that is known.
    const config = await unlessGone(() => sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName })));
    const models = await Promise.all(modelsOf(config).map((ModelName) => unlessGone(() => sagemaker.send(new DescribeModelCommand({ ModelName })))));
    const known = models.filter((model) => model !== undefined), images = known.map(imagesOf);
    const requests = [...(config ? [ofConfig(config)] : []), ...known.map(ofModel)];
    return {
      arn: endpoint.EndpointArn!,
      since: String(endpoint.CreationTime?.toISOString()),
      isActive: ACTIVE.includes(endpoint.EndpointStatus ?? ''),
      about: { EndpointConfigName, requests, images }, // a configuration of the same name may have another content
      roles: () => Promise.resolve([config, ...known].flatMap((one) => one?.ExecutionRoleArn ?? [])),
      resources: Object.fromEntries(images.map((Properties, index) => [`Model${index}`, { Type: 'AWS::SageMaker::Model', Properties }])),
      requests,
      correct: () => sagemaker.send(new DeleteEndpointCommand({ EndpointName })),
      undo: [command('sagemaker', 'create-endpoint', { 'endpoint-name': EndpointName, 'endpoint-config-name': EndpointConfigName })],
    };
  },
};

function variantsOf(config: DescribeEndpointConfigOutput | undefined) {
  return [...(config?.ProductionVariants ?? []), ...(config?.ShadowProductionVariants ?? [])];
}

function modelsOf(config: DescribeEndpointConfigOutput | undefined): string[] {
  return [...new Set(variantsOf(config).flatMap(({ ModelName }) => ModelName ?? []))];
}

function ofConfig(config: DescribeEndpointConfigOutput): Request {
  const variants = variantsOf(config);
  return atAction('CreateEndpointConfig', {
    VpcSubnets: config.VpcConfig?.Subnets,
    VpcSecurityGroupIds: config.VpcConfig?.SecurityGroupIds,
    VolumeKmsKeyArn: keyArn(config.KmsKeyId),
    InstanceTypes: variants.flatMap(({ InstanceType }) => InstanceType ?? []),
    ServerlessMemorySize: variants.find(({ ServerlessConfig }) => ServerlessConfig !== undefined)?.ServerlessConfig?.MemorySizeInMB,
  });
}

/** Nothing else of it: who makes a model writes its variables, and in a template they could mean something. */
export function imagesOf({ PrimaryContainer, Containers }: DescribeModelOutput): object {
  return { PrimaryContainer: PrimaryContainer && { Image: PrimaryContainer.Image }, Containers: Containers?.map(({ Image }) => ({ Image })) };
}

/** The call that would make a model like this. */
export function ofModel(model: DescribeModelOutput): Request {
  return atAction('CreateModel', {
    VpcSubnets: model.VpcConfig?.Subnets,
    VpcSecurityGroupIds: model.VpcConfig?.SecurityGroupIds,
    NetworkIsolation: model.EnableNetworkIsolation ?? false,
  });
}
