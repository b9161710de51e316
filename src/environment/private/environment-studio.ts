import { Annotations, Tags } from 'aws-cdk-lib';
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

const SHOWN_FROM = 'sagemaker:projectS3TemplatesLocation';

/** Lets Studio show the templates of a bucket. */
export function showTemplates(studio: SecureStudioDomain, location: string): void {
  if (studio._isGiven) {
    Annotations.of(studio).addInfo(`The given Studio domain shows project templates once its owner gives it the tag ${SHOWN_FROM}, with the address of the folder projects/ of the templates bucket.`);
  } else {
    Tags.of(studio.domain).add(SHOWN_FROM, location);
  }
}
