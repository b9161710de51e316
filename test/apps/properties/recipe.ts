import { Duration, RemovalPolicy, Size, Stack, StackProps } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DataScienceEnvironment, DeploymentStage, EndpointService, EnvironmentKeys, EnvironmentNetwork, HomeFileSystem, IdleShutdown, InternetAccess, Persona, SessionIdentity } from '../../../src';

/** An environment as plain data, which fast-check draws, shrinks and prints. */
export interface Recipe {
  readonly environmentName: string;
  readonly env?: StackProps['env'];
  readonly network: {
    readonly cidr?: string;
    readonly zoneCount?: number;
    readonly subnetMask?: number;
    readonly natGateways?: number;
    readonly allowedDomains?: string[];
    readonly flowLogs?: { readonly maxAggregationInterval?: number; readonly retention?: RetentionDays };
    /** Endpoints that nothing else needs, switched on or off. */
    readonly without?: number[];
    readonly additional?: number[];
  };
  readonly keys: { readonly pendingWindowDays?: number; readonly rotationDays?: number; readonly givesDataKey: boolean };
  readonly outputPrefixes?: string[];
  readonly instanceTypes?: string[];
  readonly maximumRuntimeMinutes?: number;
  readonly requireNetworkIsolation?: boolean;
  readonly idleMinutes?: number;
  readonly homeFileSystem?: 'none' | 'retain' | 'destroy';
  readonly packageIndex: boolean;
  readonly bytesScannedMegabytes?: number;
  readonly sourceCidrs?: string[];
  readonly sourceIdentity: boolean;
  readonly users: string[];
  readonly dataSources: { readonly prefix?: string; readonly writable: boolean }[];
  readonly accounts: string[];
  readonly path?: string;
  readonly boundary: boolean;
  readonly owner?: string;
  readonly destroys: boolean;
}

/** Builds what a recipe says. */
export function follow(recipe: Recipe, stack: Stack): DataScienceEnvironment {
  const roleOptions = {
    path: recipe.path,
    permissionsBoundary: recipe.boundary ? ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary') : undefined,
  };
  const environment = new DataScienceEnvironment(stack, 'Environment', {
    environmentName: recipe.environmentName,
    network: networkOf(recipe, stack, roleOptions),
    keys: keysOf(recipe, stack),
    storage: { outputPrefixes: recipe.outputPrefixes },
    executionRoles: {
      guardrails: {
        instanceTypes: recipe.instanceTypes,
        maximumRuntime: minutes(recipe.maximumRuntimeMinutes),
        requireNetworkIsolation: recipe.requireNetworkIsolation,
      },
    },
    personas: { sourceCidrs: recipe.sourceCidrs, sessionIdentity: recipe.sourceIdentity ? SessionIdentity.sourceIdentity() : undefined },
    studio: { idleShutdown: idleOf(recipe), homeFileSystem: homeOf(recipe) },
    packageIndex: recipe.packageIndex ? {} : undefined,
    dataPreparation: recipe.bytesScannedMegabytes === undefined ? undefined : { bytesScannedLimit: Size.mebibytes(recipe.bytesScannedMegabytes) },
    deploymentStages: recipe.accounts.length > 0 ? [DeploymentStage.accounts('staging', { accounts: recipe.accounts })] : undefined,
    roleOptions,
    owner: recipe.owner,
    removalPolicy: recipe.destroys ? RemovalPolicy.DESTROY : undefined,
  });
  recipe.users.forEach((user, index) => environment.addUser(user, { persona: index % 2 ? Persona.ML_ENGINEER : Persona.DATA_SCIENTIST }));
  recipe.dataSources.forEach(({ prefix, writable }, index) => environment.addDataSource(
    Bucket.fromBucketName(stack, `Source${index}`, `company-source-${index}`), { prefix, writable }));
  return environment;
}

function networkOf({ network }: Recipe, stack: Stack, roleOptions: object): EnvironmentNetwork {
  const optional = EndpointService.all().filter((service) => !service.onByDefault);
  const usual = EndpointService.all().filter((service) => service.onByDefault);
  const chosen = (services: EndpointService[], indices?: number[]) => indices?.map((index) => services[index % services.length]);
  return new EnvironmentNetwork(stack, 'Network', {
    cidr: network.cidr,
    zoneCount: network.zoneCount,
    subnetMask: network.subnetMask,
    internetAccess: internetAccessOf(network),
    flowLogs: network.flowLogs,
    endpoints: { excludedServices: chosen(usual, network.without), additionalServices: chosen(optional, network.additional) },
    roleOptions,
  });
}

function internetAccessOf({ natGateways, allowedDomains }: Recipe['network']): InternetAccess | undefined {
  if (allowedDomains) return InternetAccess.inspected({ allowedDomains, natGateways });
  return natGateways === undefined ? undefined : InternetAccess.natGateways(natGateways);
}

function keysOf({ keys }: Recipe, stack: Stack) {
  const arn = stack.formatArn({ service: 'kms', resource: 'key', resourceName: '01234567-89ab-cdef-0123-456789abcdef' });
  const data = keys.givesDataKey ? Key.fromKeyArn(stack, 'DataKey', arn) : undefined;
  return EnvironmentKeys.fromKeys({ data, pendingWindow: days(keys.pendingWindowDays), rotationPeriod: days(keys.rotationDays) });
}

function homeOf({ homeFileSystem }: Recipe): HomeFileSystem | undefined {
  switch (homeFileSystem) {
    case 'none': return HomeFileSystem.none();
    case 'retain': return HomeFileSystem.retain();
    case 'destroy': return HomeFileSystem.destroy();
    default: return undefined;
  }
}

function idleOf({ idleMinutes }: Recipe): IdleShutdown | undefined {
  return idleMinutes === undefined ? undefined : IdleShutdown.after(Duration.minutes(idleMinutes));
}

function days(count?: number): Duration | undefined {
  return count === undefined ? undefined : Duration.days(count);
}

function minutes(count?: number): Duration | undefined {
  return count === undefined ? undefined : Duration.minutes(count);
}
