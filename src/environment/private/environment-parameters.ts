import { Construct } from 'constructs';
import { EnvironmentKeys } from '../../encryption';
import { ExecutionRoles } from '../../identity';
import { EnvironmentParameter, EnvironmentNames, KeyPurpose } from '../../names';
import { EnvironmentNetwork } from '../../network';
import { Given, sayGiven } from '../../private/given';
import { cardOf } from '../../roles/cards';
import { DataPreparation, EnvironmentStorage } from '../../storage';
import { MlflowTrackingServer, SecureStudioDomain } from '../../studio';

/** What project templates and people are told of an environment. */
export interface EnvironmentParts {
  readonly names: EnvironmentNames;
  readonly keys: EnvironmentKeys;
  readonly network: EnvironmentNetwork;
  readonly storage: EnvironmentStorage;
  readonly dataPreparation?: DataPreparation;
  readonly executionRoles: ExecutionRoles;
  readonly studio: SecureStudioDomain;
  readonly mlflow?: MlflowTrackingServer;
}

/** Each key has a parameter. */
const KEY_ARNS: Record<KeyPurpose, EnvironmentParameter> = {
  [KeyPurpose.VOLUMES]: EnvironmentParameter.VOLUMES_KEY_ARN,
  [KeyPurpose.STUDIO_STORAGE]: EnvironmentParameter.STUDIO_STORAGE_KEY_ARN,
  [KeyPurpose.DATA]: EnvironmentParameter.DATA_KEY_ARN,
  [KeyPurpose.MODELS]: EnvironmentParameter.MODELS_KEY_ARN,
  [KeyPurpose.RELEASES]: EnvironmentParameter.RELEASES_KEY_ARN,
  [KeyPurpose.ARTIFACTS]: EnvironmentParameter.ARTIFACTS_KEY_ARN,
  [KeyPurpose.MLFLOW]: EnvironmentParameter.MLFLOW_KEY_ARN,
  [KeyPurpose.FEATURE_STORE]: EnvironmentParameter.FEATURE_STORE_KEY_ARN,
  [KeyPurpose.LOGS]: EnvironmentParameter.LOGS_KEY_ARN,
};

/** Publishes the parts of an environment under their parameter names. */
export class EnvironmentParameters extends Construct {
  /** @param given what exists already and no resource names */
  constructor(scope: Construct, id: string, parts: EnvironmentParts, given: Given[] = []) {
    super(scope, id);
    const { names } = parts;
    names.publish(this, EnvironmentParameter.VPC_ID, parts.network.vpc.vpcId);
    names.publishList(this, EnvironmentParameter.SUBNET_IDS, parts.network.subnets.map((subnet) => subnet.subnetId));
    names.publish(this, EnvironmentParameter.WORKLOAD_SECURITY_GROUP_ID, parts.network.workloadSecurityGroup.securityGroupId);

    for (const purpose of parts.keys.purposes) names.publish(this, KEY_ARNS[purpose], parts.keys.key(purpose).keyArn);

    const { dataBucket: data, modelsBucket: models, releasesBucket: releases, reportsBucket: reports, offlineStore } = parts.storage;
    names.publish(this, EnvironmentParameter.DATA_BUCKET, data.bucketName);
    names.publish(this, EnvironmentParameter.MODELS_BUCKET, models.bucketName);
    names.publish(this, EnvironmentParameter.RELEASES_BUCKET, releases.bucketName);
    names.publish(this, EnvironmentParameter.REPORTS_BUCKET, reports.bucketName);

    if (offlineStore) names.publish(this, EnvironmentParameter.OFFLINE_STORE_BUCKET, offlineStore.bucketName);

    if (parts.dataPreparation) {
      const { databaseName, workGroupName, securityConfigurationName } = parts.dataPreparation;
      names.publish(this, EnvironmentParameter.DATABASE_NAME, databaseName);
      names.publish(this, EnvironmentParameter.WORK_GROUP_NAME, workGroupName);
      names.publish(this, EnvironmentParameter.GLUE_SECURITY_CONFIGURATION_NAME, securityConfigurationName);
    }

    for (const [role, { roleArn }] of parts.executionRoles._all) {
      const { publishedAs } = cardOf(role);
      if (publishedAs) names.publish(this, publishedAs, roleArn);
    }

    sayGiven(names.publish(this, EnvironmentParameter.DOMAIN_ID, parts.studio.domainId), given);
    names.publish(this, EnvironmentParameter.DOMAIN_ARN, parts.studio.domainArn);
    if (parts.mlflow) names.publish(this, EnvironmentParameter.MLFLOW_TRACKING_SERVER_ARN, parts.mlflow.trackingServerArn);
  }
}
