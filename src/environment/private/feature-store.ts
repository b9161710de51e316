import { Construct } from 'constructs';
import { grantBuckets } from './role-grants';
import { ExecutionRoles } from '../../identity';
import { EndpointService, EnvironmentNetwork } from '../../network';
import { isOfOfflineStore } from '../../roles/bucket-use';
import { EnvironmentStorage } from '../../storage';

/** What feature groups are of. */
interface Keeping extends Construct {
  readonly network: EnvironmentNetwork;
  readonly storage: EnvironmentStorage;
  readonly executionRoles: ExecutionRoles;
}

/** Lets Studio and jobs of an environment that has a feature store work with feature groups, from its network. */
export function openFeatureStore({ network, storage, executionRoles }: Keeping, featureStore = false): void {
  if (!featureStore) return;
  network.requireEndpoint(EndpointService.SAGEMAKER_FEATURESTORE, 'featureStore');
  grantBuckets(executionRoles._all, storage, isOfOfflineStore);
  const { keyArn } = storage._forFeatures().bucket.encryptionKey!;
  executionRoles._allowFeatures({ keyArn, vpcId: network.vpc.vpcId });
}
