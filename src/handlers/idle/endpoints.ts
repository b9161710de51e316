import {
  DeleteEndpointCommand, DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeEndpointOutput, paginateListEndpoints,
  paginateListInferenceComponents,
} from '@aws-sdk/client-sagemaker';
import { Finding, latest, limitOf, ofInstances, together } from './finding';
import { Counter, invocations } from './invocations';
import { sagemaker } from './sagemaker';
import { everyPage } from '../aws/sdk';
import { unlessGone } from '../corrective/faults';

/** Endpoints with instances that nobody has called. What is paid by the request costs nothing then. */
export async function endpoints(now: Date): Promise<Finding[]> {
  const listed = await everyPage(paginateListEndpoints({ client: sagemaker }, { StatusEquals: 'InService' }), ({ Endpoints }) => Endpoints);
  const found: Finding[] = [];
  for (const { EndpointName, CreationTime, LastModifiedTime } of listed) {
    const since = latest(CreationTime, LastModifiedTime);
    if (since === undefined || since > limitOf(now)) continue;
    const endpoint = await unlessGone(() => sagemaker.send(new DescribeEndpointCommand({ EndpointName })));
    if (endpoint !== undefined) found.push(...await ofEndpoint(endpoint, since, now));
  }
  return found;
}

async function ofEndpoint(endpoint: DescribeEndpointOutput, since: Date, now: Date): Promise<Finding[]> {
  const { EndpointName, EndpointConfigName, EndpointArn, ProductionVariants = [], ShadowProductionVariants = [] } = endpoint;
  const variants = [...ProductionVariants, ...ShadowProductionVariants];
  const running = variants.filter((variant) => variant.CurrentServerlessConfig === undefined && variant.CurrentInstanceCount);
  if (running.length === 0 || await invocations(await countersOf(EndpointName!, variants), now) !== 0) return [];
  const config = await unlessGone(() => sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName })));
  const configured = [...config?.ProductionVariants ?? [], ...config?.ShadowProductionVariants ?? []];
  const typeOf = (name: string | undefined) => configured.find(({ VariantName }) => VariantName === name)?.InstanceType;
  return [{
    kind: 'endpoint',
    arn: EndpointArn!,
    since: since.toISOString(),
    why: 'It has instances, and nobody has called it.',
    ...together(...running.map(({ VariantName, CurrentInstanceCount }) => ofInstances('endpoint', typeOf(VariantName), CurrentInstanceCount))),
    action: {
      name: 'delete-endpoint',
      undo: `aws sagemaker create-endpoint --endpoint-name '${EndpointName}' --endpoint-config-name '${EndpointConfigName}'`,
      run: () => sagemaker.send(new DeleteEndpointCommand({ EndpointName })),
    },
  }];
}

/** What counts calls: of variants, answered at once or later, and of the components that share their instances. */
async function countersOf(EndpointName: string, variants: { readonly VariantName?: string }[]): Promise<Counter[]> {
  const listed = paginateListInferenceComponents({ client: sagemaker }, { EndpointNameEquals: EndpointName });
  const components = await everyPage(listed, ({ InferenceComponents }) => InferenceComponents);
  return [
    ...variants.map(({ VariantName }) => ({ metric: 'Invocations' as const, dimensions: { EndpointName, VariantName: VariantName! } })),
    { metric: 'InvocationsProcessed', dimensions: { EndpointName } },
    ...components.map(({ InferenceComponentName }) => ({ metric: 'Invocations' as const, dimensions: { InferenceComponentName: InferenceComponentName! } })),
  ];
}
