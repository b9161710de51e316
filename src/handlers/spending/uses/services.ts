import {
  DescribeClusterCommand, DescribeEndpointCommand, DescribeEndpointConfigCommand, DescribeMlflowTrackingServerCommand, paginateListClusters,
  paginateListEndpoints, paginateListMlflowTrackingServers,
} from '@aws-sdk/client-sagemaker';
import { Owners } from './owners';
import { ofEach, sagemaker } from './sagemaker';
import { everyPage } from '../../aws/sdk';
import { unlessGone } from '../../corrective/faults';
import { settings } from '../settings';
import { Group, typeIn, Use, usesOf } from '../use';

/** Those that have instances. */
const SERVING = ['InService', 'Updating', 'SystemUpdating', 'RollingBack', 'UpdateRollbackFailed'];

/** A variant of an endpoint, as it is described or in its configuration. */
interface Variant {
  readonly InstanceType?: string;
  readonly CurrentInstanceCount?: number;
  readonly CurrentServerlessConfig?: object;
}

/** Endpoints with all variants, those of a deployment that is under way among them. Nobody stops one: somebody's product asks it. */
export async function endpoints(owners: Owners): Promise<Use[]> {
  const listed = await everyPage(paginateListEndpoints({ client: sagemaker }, {}), ({ Endpoints }) => Endpoints);
  return ofEach(listed.filter(({ EndpointStatus }) => SERVING.includes(EndpointStatus ?? '')), async ({ EndpointName }) => {
    const endpoint = await unlessGone(() => sagemaker.send(new DescribeEndpointCommand({ EndpointName })));
    if (endpoint?.CreationTime === undefined) return [];
    const { EndpointConfigName, PendingDeploymentSummary: pending } = endpoint;
    const config = await unlessGone(() => sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName })));
    const configured = [...config?.ProductionVariants ?? [], ...config?.ShadowProductionVariants ?? []];
    const roles = [config?.ExecutionRoleArn, ...await Promise.all(configured.map(({ ModelName }) => owners.roleOfModel(ModelName)))];
    if (!EndpointName!.startsWith(settings().rolePrefix) && !roles.some((role) => owners.isOurs(role))) return [];
    const payer = await owners.ofTags(endpoint.EndpointArn);
    const typeOf = (name: string | undefined) => configured.find(({ VariantName }) => VariantName === name)?.InstanceType;
    const variants = [...endpoint.ProductionVariants ?? [], ...endpoint.ShadowProductionVariants ?? []];
    const next = [...pending?.ProductionVariants ?? [], ...pending?.ShadowProductionVariants ?? []];
    return [
      ...usesOf({ kind: 'endpoint', start: endpoint.CreationTime.getTime(), ...payer }, variants.map((variant) => instancesOf({ ...variant, InstanceType: typeOf(variant.VariantName) }))),
      ...usesOf({ kind: 'endpoint', start: (pending?.StartTime ?? endpoint.CreationTime).getTime(), ...payer }, next.map(instancesOf)),
    ];
  });
}

/** What is paid by the request has no price for an hour, and is told as such. */
function instancesOf({ InstanceType, CurrentInstanceCount, CurrentServerlessConfig }: Variant): Group {
  return CurrentServerlessConfig === undefined ? { type: InstanceType ?? 'of unknown type', count: CurrentInstanceCount } : { type: 'serverless', count: 1 };
}

export async function trackingServers(owners: Owners): Promise<Use[]> {
  const pages = paginateListMlflowTrackingServers({ client: sagemaker }, {});
  const servers = await everyPage(pages, ({ TrackingServerSummaries }) => TrackingServerSummaries);
  return ofEach(servers.filter(({ IsActive }) => IsActive === 'Active'), async ({ TrackingServerName }) => {
    const server = await unlessGone(() => sagemaker.send(new DescribeMlflowTrackingServerCommand({ TrackingServerName })));
    const since = server?.LastModifiedTime ?? server?.CreationTime;
    if (server === undefined || since === undefined || !owners.isOurs(server.RoleArn)) return [];
    return usesOf({ kind: 'mlflow', start: since.getTime(), ...await owners.ofTags(server.TrackingServerArn) }, [{ type: server.TrackingServerSize, count: 1 }]);
  });
}

/** Groups of HyperPod clusters, each of which has a role. */
export async function clusters(owners: Owners): Promise<Use[]> {
  const listed = await everyPage(paginateListClusters({ client: sagemaker }, {}), ({ ClusterSummaries }) => ClusterSummaries);
  return ofEach(listed, async ({ ClusterName }) => {
    const cluster = await unlessGone(() => sagemaker.send(new DescribeClusterCommand({ ClusterName })));
    const groups = (cluster?.InstanceGroups ?? []).filter(({ ExecutionRole }) => owners.isOurs(ExecutionRole));
    if (cluster?.CreationTime === undefined || groups.length === 0) return [];
    return usesOf({ kind: 'cluster', start: cluster.CreationTime.getTime(), ...await owners.ofTags(cluster.ClusterArn) },
      groups.map(({ InstanceType, CurrentCount: count, TrainingPlanArn }) => ({ type: typeIn(TrainingPlanArn, InstanceType ?? 'of unknown type'), count })));
  });
}
