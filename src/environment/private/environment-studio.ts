import { Construct } from 'constructs';
import { studioInstanceTypes } from './studio-instance-types';
import { EnvironmentKeys } from '../../encryption';
import { ExecutionRoles } from '../../identity';
import { EnvironmentNames } from '../../names';
import { EnvironmentNetwork, PackageIndex } from '../../network';
import { EnvironmentStorage } from '../../storage';
import { SecureStudioDomain, StudioPackageIndex, StudioSdkConfiguration } from '../../studio';
import { DataScienceEnvironmentProps } from '../data-science-environment-props';

/** What Studio stands on. */
interface Surroundings extends Construct {
  readonly names: EnvironmentNames;
  readonly network: EnvironmentNetwork;
  readonly keys: EnvironmentKeys;
  readonly storage: EnvironmentStorage;
  readonly executionRoles: ExecutionRoles;
  readonly packageIndex?: PackageIndex;
}

/** Makes the Studio domain of an environment. */
export function createStudio(environment: Surroundings, props: DataScienceEnvironmentProps): SecureStudioDomain {
  const { names, network, keys, storage, executionRoles, packageIndex } = environment;
  const { requireNetworkIsolation, maximumRuntime } = props.executionRoles?.guardrails ?? {};
  return new SecureStudioDomain(environment, 'Studio', {
    pipIndex: packageIndex && StudioPackageIndex.codeArtifact(packageIndex),
    sdkConfiguration: StudioSdkConfiguration.fromNames(names, {
      outputPrefix: storage.outputPrefixes[0],
      requireNetworkIsolation,
      maximumRuntime,
      featureStore: props.featureStore,
      enableMlflow: props.mlflow !== undefined,
    }),
    ...props.studio,
    instanceTypes: studioInstanceTypes(environment, props),
    cleanUp: { logsKey: keys.logs, ...props.studio?.cleanUp },
    vpc: network.vpc,
    subnets: network.subnets,
    encryptionKey: keys.studioStorage,
    executionRole: executionRoles.studioRole.role,
    sharedSpaceRole: executionRoles.sharedSpaceRole?.role,
    workloadSecurityGroups: [network.studioSecurityGroup],
    names,
    removalPolicy: props.removalPolicy,
  });
}
