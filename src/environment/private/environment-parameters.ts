import { Construct } from 'constructs';
import { EnvironmentKeys } from '../../encryption';
import { ExecutionRoles } from '../../identity';
import { EnvironmentNetwork } from '../../network';
import { EnvironmentRegistry, EnvironmentRole, KeyPurpose } from '../../registry';
import { DataPreparation, EnvironmentStorage } from '../../storage';
import { SecureStudioDomain } from '../../studio';

/** What project templates and people are told of an environment. */
export interface EnvironmentParts {
  readonly registry: EnvironmentRegistry;
  readonly keys: EnvironmentKeys;
  readonly network: EnvironmentNetwork;
  readonly storage: EnvironmentStorage;
  readonly dataPreparation?: DataPreparation;
  readonly executionRoles: ExecutionRoles;
  readonly studio: SecureStudioDomain;
}

/** Publishes the parts of an environment under their parameter names. */
export class EnvironmentParameters extends Construct {
  constructor(scope: Construct, id: string, parts: EnvironmentParts) {
    super(scope, id);
    const { registry } = parts;
    registry.publish(this, 'network', 'vpc-id', parts.network.vpc.vpcId);
    registry.publishList(this, 'network', 'subnet-ids', parts.network.subnets.map((subnet) => subnet.subnetId));
    registry.publish(this, 'network', 'workload-security-group-id', parts.network.workloadSecurityGroup.securityGroupId);

    for (const purpose of Object.values(KeyPurpose)) registry.publish(this, 'encryption', `${purpose}-key-arn`, parts.keys.key(purpose).keyArn);

    const { data, models, releases, reports } = parts.storage;
    for (const [name, bucket] of Object.entries({ data, models, releases, reports })) registry.publish(this, 'storage', `${name}-bucket`, bucket.bucketName);

    if (parts.dataPreparation) {
      const { databaseName, workGroupName, securityConfigurationName } = parts.dataPreparation;
      registry.publish(this, 'storage', 'database-name', databaseName);
      registry.publish(this, 'storage', 'work-group-name', workGroupName);
      registry.publish(this, 'storage', 'glue-security-configuration-name', securityConfigurationName);
    }

    const { studio, dataPreparation, pipeline, job, model } = parts.executionRoles;
    const roles: [EnvironmentRole, { readonly roleArn: string }][] = [
      [EnvironmentRole.STUDIO_EXECUTION, studio.role],
      [EnvironmentRole.DATA_PREPARATION, dataPreparation.role],
      [EnvironmentRole.PIPELINE_EXECUTION, pipeline.role],
      [EnvironmentRole.JOB_EXECUTION, job.role],
      [EnvironmentRole.MODEL_EXECUTION, model.role],
    ];
    for (const [role, { roleArn }] of roles) registry.publish(this, 'identity', `${role}-role-arn`, roleArn);

    registry.publish(this, 'studio', 'domain-id', parts.studio.domainId);
    registry.publish(this, 'studio', 'domain-arn', parts.studio.domainArn);
  }
}
