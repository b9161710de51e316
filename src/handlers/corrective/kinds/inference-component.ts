import {
  DeleteInferenceComponentCommand, DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeInferenceComponentCommand, DescribeModelCommand,
  DescribeModelOutput, InferenceComponentSpecificationSummary,
} from '@aws-sdk/client-sagemaker';
import { imagesOf, ofModel } from './endpoint';
import { sagemaker } from './sagemaker';
import { unlessGone } from '../faults';
import { command, Kind } from '../seen';

const ACTIVE = ['InService', 'Creating', 'Updating'];

/** Inference components, by their models, or their containers where they have no model. Deleted: endpoint and models stay. */
export const INFERENCE_COMPONENT: Kind = {
  action: 'delete-inference-component',
  look: async ({ name: { InferenceComponentName } }) => {
    const component = await unlessGone(() => sagemaker.send(new DescribeInferenceComponentCommand({ InferenceComponentName })));
    if (component === undefined) return undefined;
    const { EndpointName, VariantName, InferenceComponentStatus } = component;
    const specifications = [component.Specification, ...(component.Specifications ?? [])].filter((one) => one !== undefined);
    const models = await modelsOf(specifications), images = [...models.map(imagesOf), ...specifications.flatMap(containerOf)];
    return {
      arn: component.InferenceComponentArn!,
      since: String(component.LastModifiedTime?.toISOString()), // of its last update
      isActive: ACTIVE.includes(InferenceComponentStatus ?? ''),
      about: { EndpointName, images, requests: models.map(ofModel) },
      roles: async () => [...models.flatMap(({ ExecutionRoleArn }) => ExecutionRoleArn ?? []), ...await roleOfEndpoint(EndpointName)],
      resources: Object.fromEntries(images.map((Properties, index) => [`Model${index}`, { Type: 'AWS::SageMaker::Model', Properties }])),
      requests: models.map(ofModel),
      correct: () => sagemaker.send(new DeleteInferenceComponentCommand({ InferenceComponentName })),
      undo: [command('sagemaker', 'create-inference-component', {
        'inference-component-name': InferenceComponentName,
        'endpoint-name': EndpointName,
        'variant-name': VariantName,
        ...specified(specifications),
        'runtime-config': JSON.stringify({ CopyCount: component.RuntimeConfig?.DesiredCopyCount ?? 1 }),
      })],
    };
  },
};

async function modelsOf(specifications: readonly InferenceComponentSpecificationSummary[]): Promise<DescribeModelOutput[]> {
  const names = [...new Set(specifications.flatMap(({ ModelName }) => ModelName ?? []))];
  const models = await Promise.all(names.map((ModelName) => unlessGone(() => sagemaker.send(new DescribeModelCommand({ ModelName })))));
  return models.filter((model) => model !== undefined);
}

/** As a model has it: what was asked for, not the digest that was found for it. */
function containerOf({ Container }: InferenceComponentSpecificationSummary): object[] {
  const image = Container?.DeployedImage?.SpecifiedImage;
  return image === undefined ? [] : [{ PrimaryContainer: { Image: image } }];
}

/** A description has the same members as a request but for the image of a container. */
function specified(specifications: readonly InferenceComponentSpecificationSummary[]): Record<string, string> {
  const given = specifications.map(({ Container, ...same }) => {
    const { DeployedImage, ArtifactUrl, Environment } = Container ?? {};
    return { ...same, ...Container && { Container: { Image: DeployedImage?.SpecifiedImage, ArtifactUrl, Environment } } };
  });
  return given.length === 1 ? { specification: JSON.stringify(given[0]) } : { specifications: JSON.stringify(given) };
}

/** Components run with the role of their endpoint's configuration. */
async function roleOfEndpoint(EndpointName: string | undefined): Promise<string[]> {
  const endpoint = await unlessGone(() => sagemaker.send(new DescribeEndpointCommand({ EndpointName })));
  const named = endpoint && new DescribeEndpointConfigCommand({ EndpointConfigName: endpoint.EndpointConfigName });
  const config = named && await unlessGone(() => sagemaker.send(named));
  return config?.ExecutionRoleArn === undefined ? [] : [config.ExecutionRoleArn];
}
