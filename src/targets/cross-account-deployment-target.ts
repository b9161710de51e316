import { RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Connections, IConnectable } from 'aws-cdk-lib/aws-ec2';
import { IRepository } from 'aws-cdk-lib/aws-ecr';
import { IRole, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRole, EnvironmentRoleOptions, TargetKeyPurpose, TargetRole } from '../names';
import { EndpointService, EnvironmentNetwork } from '../network';
import { deployingRolesOf } from '../perimeter/deploying-roles';
import { TargetPerimeter } from '../perimeter/target-perimeter';
import { acknowledge } from '../private/acknowledgements';
import { throwValidationError } from '../private/invalid-input';
import { removalOf } from '../private/removal';
import { RequiredRole, requiredOf } from '../private/required-role';
import { Arns } from '../roles/statements/arns';
import { DEPLOYMENT } from '../roles/targets/deployment';
import { ENDPOINT_TEST } from '../roles/targets/endpoint-test';
import { MODEL_EXECUTION } from '../roles/targets/model-execution';
import { PROMOTION } from '../roles/targets/promotion';
import { DeploymentStage, IDataScienceEnvironment } from '../stages';
import { CaptureBucket } from './capture-bucket';
import { DeploymentTargetOptions } from './deployment-target-options';
import { checkRequired, oneOf } from '../private/required-input';
import { TARGET } from './private/acknowledgements';
import { ContainerPolicy } from './private/container-policy';
import { TargetAccessLogs } from './private/target-access-logs';
import { TargetGuardrails } from './private/target-guardrails';
import { TargetKeys } from './private/target-keys';
import { TargetMonitoring } from './private/target-monitoring';
import { TargetParameters } from './private/target-parameters';
import { TargetParts, TargetRoles } from './private/target-roles';
import { checkInterfaceEndpoints, checkPlace } from './private/target-rules';
import { PromotedModels } from './promoted-models';
import { ENVIRONMENT, STAGE } from '../stages/kinds';

/** KMS keys of a deployment target that exist already, in place of new ones. */
export interface ExistingTargetKeys {
  /**
   * Key of the storage volumes of endpoints.
   *
   * @default - a new key
   */
  readonly volumes?: IKey;
  /**
   * Key of the data capture bucket.
   *
   * @default - a new key
   */
  readonly capture?: IKey;
  /**
   * Key of copies of released models and their images, where the stage has its own.
   *
   * @default - a new key
   */
  readonly models?: IKey;
  /**
   * Key of log groups.
   *
   * @default - a new key
   */
  readonly logs?: IKey;
}

/** Properties of a deployment target. */
export interface CrossAccountDeploymentTargetProps extends DeploymentTargetOptions {
  /** The environment whose models are deployed here, created in this app or imported. */
  readonly environment: IDataScienceEnvironment;

  /** The stage that this account belongs to. */
  readonly stage: DeploymentStage;

  /**
   * The network of the endpoints, for a VPC that exists already.
   *
   * It must have the VPC endpoints that a model endpoint needs, created by the network or existing before (`endpoints.existingServices`).
   *
   * @default - a new VPC without internet access
   */
  readonly network?: EnvironmentNetwork;

  /**
   * KMS keys that exist already.
   *
   * Their policies stay their owner's. `requiredKeyStatements` returns the statements to add.
   *
   * @default - all keys are created
   */
  readonly existingKeys?: ExistingTargetKeys;

  /**
   * ARNs of the roles with which CloudFormation deploys this target.
   *
   * They alone may change policies and settings of its keys and bucket.
   *
   * @default - the CloudFormation execution role of the CDK bootstrap
   */
  readonly cloudFormationExecutionRoles?: string[];
}

/** What a model endpoint, and those who ask it, reach without internet. S3 comes by its gateway. */
const INTERFACE_ENDPOINTS = [
  EndpointService.SAGEMAKER_RUNTIME, EndpointService.ECR_API, EndpointService.ECR_DOCKER, EndpointService.LOGS, EndpointService.MONITORING,
];

/**
 * Prepares an account for the models of an environment: an isolated network, keys, a data capture bucket, and roles.
 *
 * Nothing in the environment's account changes when an account joins, as everything there is known by name. The target has no
 * function and no custom resource, so that stack sets can deploy it anywhere.
 */
export class CrossAccountDeploymentTarget extends Construct implements IConnectable {
  /** The stage that this account belongs to. */
  public readonly stage: DeploymentStage;
  /** The network of the endpoints. */
  public readonly network: EnvironmentNetwork;
  /** KMS key of the storage volumes of endpoints. */
  public readonly volumeKey: IKey;
  /** KMS key of the data capture bucket. */
  public readonly captureKey: IKey;
  /** Bucket of captured requests and responses. */
  public readonly captureBucket: IBucket;
  /** Execution role of deployed models. */
  public readonly modelExecutionRole: IRole;
  /** Role that deploys endpoint stacks, which only the stack sets of the environment's account assume. */
  public readonly deploymentRole: IRole;
  /** Role that invokes endpoints to test them, which only builds of the environment's account assume. */
  public readonly endpointTestRole: IRole;
  /** Bucket of the copies of released models, where the stage has its own. */
  public readonly promotedModelsBucket?: IBucket;
  /** Repository of the copies of their images, where the stage has its own. */
  public readonly promotedImagesRepository?: IRepository;
  /** Role that writes copies of released models, which only a build of the environment's account assumes. */
  public readonly promotionRole?: IRole;

  private readonly perimeter: TargetPerimeter;
  private readonly roles: TargetRoles;

  constructor(scope: Construct, id: string, props: CrossAccountDeploymentTargetProps) {
    super(scope, id);
    checkRequired(this, props, { environment: ENVIRONMENT, stage: STAGE });
    acknowledge(this, TARGET);
    checkPlace(this, props);
    const { stage, environment: { names } } = props;
    const removalPolicy = removalOf(this, props.removalPolicy);
    this.stage = stage;
    const keys = new TargetKeys(this, 'Keys', { names, stage, given: props.existingKeys, removalPolicy });
    this.volumeKey = keys.key(TargetKeyPurpose.VOLUMES);
    this.captureKey = keys.key(TargetKeyPurpose.CAPTURE);
    this.network = this.givenNetwork(props) ?? this.makeNetwork(props, keys.key(TargetKeyPurpose.LOGS), removalPolicy);
    this.perimeter = this.createPerimeter(props, keys);
    const capture = new CaptureBucket(this, 'Capture', {
      perimeter: this.perimeter, encryptionKey: this.captureKey, expiration: props.captureExpiration, removalPolicy,
    });
    this.captureBucket = capture.bucket;
    const promotedModels = stage.promotion.hasModelCopies ? new PromotedModels(this, 'Models', {
      names, stage, perimeter: this.perimeter, encryptionKey: keys.key(TargetKeyPurpose.MODELS), removalPolicy,
    }) : undefined;
    this.promotedModelsBucket = promotedModels?.bucket;
    this.promotedImagesRepository = promotedModels?.repository;
    if (props.enableAccessLogs) {
      const logs = new TargetAccessLogs(this, 'AccessLogs', { perimeter: this.perimeter, removalPolicy });
      logs.keepOf(capture.bucket, 'capture/');
      if (promotedModels) logs.keepOf(promotedModels.bucket, 'models/');
    }

    const parts: TargetParts = {
      ...props,
      scope: this,
      names,
      arns: new Arns(this, names),
      subnets: this.network.subnets,
      securityGroups: [this.network.workloadSecurityGroup],
      volumeKey: this.volumeKey,
      captureKey: this.captureKey,
      captureBucket: this.captureBucket,
      promotedModels,
    };
    const roles = this.roles = new TargetRoles(parts);
    this.modelExecutionRole = roles.make(this, MODEL_EXECUTION);
    this.deploymentRole = roles.make(this, DEPLOYMENT);
    this.endpointTestRole = roles.make(this, ENDPOINT_TEST);
    if (promotedModels) this.promotionRole = roles.make(this, PROMOTION);
    new TargetParameters(this, 'Parameters', { ...parts, vpcId: this.network.vpc.vpcId, modelRoleArn: this.modelExecutionRole.roleArn });
    if (stage.monitoring) new TargetMonitoring(this, 'Monitoring', parts, roles);
    new ContainerPolicy(this, 'Containers', parts, roles);
    new TargetGuardrails(this, 'Guardrails', parts, roles);
    this.tag(names);
  }

  /** The network connections of deployed models. */
  public get connections(): Connections {
    return this.network.connections;
  }

  /** Returns the statements that the owner of a given KMS key must add to the key policy. */
  public requiredKeyStatements(purpose: TargetKeyPurpose): PolicyStatement[] {
    checkRequired(this, { purpose }, { purpose: oneOf(TargetKeyPurpose, 'TargetKeyPurpose') });
    return this.perimeter.requiredKeyStatements(purpose);
  }

  /** Returns the policy statements that the owner of an S3 endpoint must add which this app did not make. */
  public requiredS3EndpointStatements(): PolicyStatement[] {
    return this.perimeter.requiredS3EndpointStatements();
  }

  /**
   * Returns the policies that the owner of an existing role must attach to it.
   *
   * @throws if the target has no such role
   */
  public requiredPolicies(role: TargetRole): PolicyDocument[] {
    return this.required(role).requiredPolicies;
  }

  /**
   * Returns the trust policy that the owner of an existing role must give it.
   *
   * @throws if the target has no such role
   */
  public requiredTrust(role: TargetRole): PolicyDocument {
    return this.required(role).requiredTrust;
  }

  private required(role: TargetRole): RequiredRole {
    checkRequired(this, { role }, { role: oneOf(TargetRole, 'TargetRole') });
    const required = role === TargetRole.FLOW_LOGS ? requiredOf([this.network], EnvironmentRole.FLOW_LOGS) : this.roles.required(role);
    return required ?? throwValidationError(this, {
      property: 'role', value: role, rule: 'be a role that the target has', remedy: 'Only targets of stages that are monitored, or have copies of their models, have every role',
    });
  }

  private givenNetwork({ network, stage }: CrossAccountDeploymentTargetProps): EnvironmentNetwork | undefined {
    if (network !== undefined) checkInterfaceEndpoints(this, stage, network, INTERFACE_ENDPOINTS);
    network?._serves(this);
    return network;
  }

  private makeNetwork(props: CrossAccountDeploymentTargetProps, logsKey: IKey, removalPolicy: RemovalPolicy): EnvironmentNetwork {
    return new EnvironmentNetwork(this, 'Network', {
      cidr: props.cidr,
      zoneCount: props.zoneCount,
      endpoints: { services: INTERFACE_ENDPOINTS, ...props.endpoints },
      flowLogs: props.flowLogs,
      logsKey,
      restrictDefaultSecurityGroup: false, // it would take a function, and stack sets carry none
      roleOptions: this.rolesOfNetwork(props),
      removalPolicy,
    });
  }

  private rolesOfNetwork({ environment, stage, permissionsBoundary, existingRoles }: CrossAccountDeploymentTargetProps): EnvironmentRoleOptions {
    const { names } = environment, made = { path: names.rolePath, permissionsBoundary };
    if (!existingRoles?.includes(TargetRole.FLOW_LOGS)) return made;
    const arn = names.targetRoleArn(stage.stageName, TargetRole.FLOW_LOGS, Stack.of(this).account);
    return { ...made, exceptions: [{ role: EnvironmentRole.FLOW_LOGS, existingRole: Role.fromRoleArn(this, 'FlowLogsRole', arn, { mutable: false }) }] };
  }

  private createPerimeter(props: CrossAccountDeploymentTargetProps, keys: TargetKeys): TargetPerimeter {
    const { endpoints } = this.network;
    const perimeter = new TargetPerimeter(this, 'Perimeter', {
      names: props.environment.names,
      stage: props.stage,
      account: Stack.of(this).account,
      expectedNetworks: { s3EndpointIds: endpoints.s3EndpointIds },
      groundTruthWriters: props.groundTruthWriters,
      configurationReaders: props.configurationReaders,
      enableSageMakerModelAccess: props.enableSageMakerModelAccess,
      cloudFormationExecutionRoles: deployingRolesOf(this, props.cloudFormationExecutionRoles),
    });
    for (const [purpose, key] of keys.created) perimeter.applyToKey(key, purpose);
    perimeter.applyToEndpoints(endpoints);
    return perimeter;
  }

  private tag({ environmentName }: EnvironmentNames): void {
    Tags.of(this).add('environment', environmentName);
    Tags.of(this).add('stage', this.stage.stageName);
  }
}
