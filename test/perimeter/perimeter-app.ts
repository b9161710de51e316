import { App, Stack } from 'aws-cdk-lib';
import { CfnEventBus } from 'aws-cdk-lib/aws-events';
import { PolicyDocument, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { EnvironmentKeys } from '../../src/encryption';
import { EnvironmentNames, EnvironmentRole, KeyPurpose } from '../../src/names';
import { EnvironmentNetwork, PrivateEndpointsOptions } from '../../src/network';
import { BucketKind, DataPerimeter, DataPerimeterProps } from '../../src/perimeter';
import { DeploymentStage } from '../../src/stages';
import { ACCOUNTS, ORGANIZATION_ID, REGION } from '../access/request/organization';
import { stacksOf } from '../access/template/synthesized-stack';
import { TemplateReader } from '../access/template/template-reader';

export const HERE = { account: ACCOUNTS.data.id, region: REGION };
export const DEPLOYER = `arn:aws:iam::${ACCOUNTS.data.id}:role/deployer`;

/** One stage by account numbers, one by organizational units. */
export const STAGES = [
  DeploymentStage.accounts('staging', { accounts: [ACCOUNTS.target.id], monitoring: {} }),
  DeploymentStage.organizationalUnits('production', {
    organizationId: ORGANIZATION_ID, organizationalUnitPaths: ACCOUNTS.production.organization.paths, monitoring: {},
  }),
];

const KEY_OF: Partial<Record<BucketKind, KeyPurpose>> = {
  [BucketKind.DATA]: KeyPurpose.DATA,
  [BucketKind.MODELS]: KeyPurpose.MODELS,
  [BucketKind.RELEASES]: KeyPurpose.RELEASES,
  [BucketKind.REPORTS]: KeyPurpose.ARTIFACTS,
  [BucketKind.ARTIFACTS]: KeyPurpose.ARTIFACTS,
  [BucketKind.MLFLOW]: KeyPurpose.MLFLOW,
  [BucketKind.OFFLINE_STORE]: KeyPurpose.FEATURE_STORE,
};

/** A perimeter with everything that it writes policies for, and no identity policies: those outside are assumed to have all. */
export class PerimeterApp {
  public readonly app = new App();
  public readonly stack = new Stack(this.app, 'Perimeter', { env: HERE });
  public readonly names: EnvironmentNames;
  public readonly network: EnvironmentNetwork;
  public readonly keys: EnvironmentKeys;
  public readonly perimeter: DataPerimeter;

  constructor(
    props: Partial<DataPerimeterProps> = {},
    endpoints: (stack: Stack) => PrivateEndpointsOptions = () => ({}),
    existingRoles: [EnvironmentRole, string][] = [],
  ) {
    const exceptions = existingRoles.map(([role, arn]) => ({ role, existingRole: Role.fromRoleArn(this.stack, `Given-${role}`, arn) }));
    this.names = EnvironmentNames.forStack(this.stack, 'churn', { exceptions });
    this.keys = EnvironmentKeys._create(this.stack, 'Keys', { names: this.names, mlflow: true, featureStore: true });
    this.network = new EnvironmentNetwork(this.stack, 'Network', { names: this.names, endpoints: endpoints(this.stack) });
    this.perimeter = new DataPerimeter(this.stack, 'Boundary', {
      names: this.names,
      cloudFormationExecutionRoles: [DEPLOYER],
      deploymentStages: STAGES,
      expectedNetworks: { s3EndpointIds: this.network.endpoints.s3EndpointIds },
      ...props,
    });
    for (const purpose of Object.values(KeyPurpose)) this.perimeter.applyToKey(this.keys.key(purpose), purpose);
    for (const trust of Object.values(BucketKind)) this.perimeter.applyToBucket(this.bucket(trust), trust);
    new CfnEventBus(this.stack, 'Bus', {
      name: this.names.monitoringBusName,
      policy: new PolicyDocument({ statements: this.perimeter.requiredEventBusStatements(this.names.monitoringBusArn) }),
    });
    this.perimeter.applyToEndpoints(this.network.endpoints);
  }

  /** What IAM sees of the synthesized template. */
  public read(): TemplateReader {
    return new TemplateReader(stacksOf(this.app, HERE));
  }

  private bucket(trust: BucketKind): Bucket {
    const purpose = KEY_OF[trust];
    return new Bucket(this.stack, `Bucket-${trust}`, {
      bucketName: `churn-${trust}`,
      encryption: purpose ? BucketEncryption.KMS : BucketEncryption.S3_MANAGED,
      encryptionKey: purpose && this.keys.key(purpose),
    });
  }
}
