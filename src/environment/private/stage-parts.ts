import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EnvironmentKeys } from '../../encryption';
import { MonitoringEvents } from '../../monitoring/monitoring-events';
import { UndeliveredEvents } from '../../monitoring/undelivered-events';
import { EnvironmentNames } from '../../names';
import { DataPerimeter } from '../../perimeter';
import { DeploymentStage } from '../../stages';
import { StorageOptions } from '../../storage';
import { ReleaseImages } from '../../storage/release-images';
import { StackSetAdministrationRole } from '../../targets/stack-set-administration-role';

/** What deploys models. */
interface Deploying extends Construct {
  readonly names: EnvironmentNames;
  readonly keys: EnvironmentKeys;
  readonly perimeter: DataPerimeter;
  readonly deploymentStages: DeploymentStage[];
}

/** Makes what only an environment has that deploys models. */
export function openToStages(
  environment: Deploying,
  { removalPolicy, storage }: { removalPolicy?: RemovalPolicy; storage?: StorageOptions },
  keepUndelivered: () => UndeliveredEvents,
): void {
  const { names, keys, perimeter, deploymentStages } = environment;
  if (deploymentStages.length === 0) return;
  new StackSetAdministrationRole(environment, 'StackSetAdministration', { names, deploymentStages });
  new ReleaseImages(environment, 'ReleaseImages', {
    names, perimeter, encryptionKey: keys.releases, existingRepository: storage?.existingRepositories?.releasesRepository, removalPolicy,
  });
  if (deploymentStages.some(({ monitoring }) => monitoring)) {
    new MonitoringEvents(environment, 'Monitoring', { names, perimeter, deploymentStages, undeliveredEvents: keepUndelivered().queue });
  }
}
