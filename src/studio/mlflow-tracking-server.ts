import { RemovalPolicy } from 'aws-cdk-lib';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { CfnMlflowTrackingServer } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { MlflowOptions } from './mlflow-options';
import { MlflowTrackingServerSize } from './mlflow-tracking-server-size';
import { ManagedRole } from '../identity';
import { EnvironmentNames } from '../names';
import { EndpointService, EnvironmentNetwork } from '../network';
import { MLFLOW as ACKNOWLEDGEMENTS } from './private/acknowledgements';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { keepWithoutFlag, removalOf } from '../private/removal';
import { MLFLOW } from '../roles/mlflow';
import { MlflowArtifacts } from '../storage/mlflow-artifacts';

/** Properties of an MLflow tracking server. @internal */
export interface MlflowTrackingServerProps extends MlflowOptions {
  /** The names of the environment, from which server and role are named. */
  readonly names: EnvironmentNames;
  /** The network of those who log runs, which gets the endpoint of MLflow. */
  readonly network: EnvironmentNetwork;
  /** The artifact store. */
  readonly artifacts: MlflowArtifacts;
  /**
   * Removal policy of the server, which holds the runs themselves: their parameters, metrics and tags.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * An MLflow tracking server, managed by SageMaker, with an artifact store of its own.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow.html
 */
export class MlflowTrackingServer extends Construct {
  /** Only the library makes it. @internal */
  public static _create(scope: Construct, id: string, props: MlflowTrackingServerProps): MlflowTrackingServer {
    return new MlflowTrackingServer(scope, id, props);
  }

  /** Name of the tracking server. */
  public readonly trackingServerName: string;
  /** ARN of the tracking server, which is the tracking URI of MLflow's clients. */
  public readonly trackingServerArn: string;
  /** The S3 bucket of the artifacts of runs. */
  public readonly artifactStore: IBucket;
  /** Role of the tracking server. */
  public readonly serviceRole: ManagedRole;

  private constructor(scope: Construct, id: string, props: MlflowTrackingServerProps) {
    super(scope, id);
    acknowledge(this, ACKNOWLEDGEMENTS);
    this.check(props);
    const { names, network, artifacts } = props;
    this.artifactStore = artifacts.bucket;
    this.serviceRole = ManagedRole._of(this, { names, card: MLFLOW });
    artifacts.readWrite(this.serviceRole);
    network.requireEndpoint(EndpointService.SAGEMAKER_MLFLOW, 'mlflow');
    this.trackingServerName = names.mlflowTrackingServerName;
    const server = this.make(props);
    this.trackingServerArn = server.attrTrackingServerArn;
    // SageMaker tries the artifact store as it makes the server, and may write to it until the server is gone.
    server.node.addDependency(this.serviceRole, artifacts.bucket);
  }

  private make({ size, version, weeklyMaintenanceWindowStart, removalPolicy }: MlflowTrackingServerProps): CfnMlflowTrackingServer {
    const server = new CfnMlflowTrackingServer(this, 'Resource', {
      trackingServerName: this.trackingServerName,
      artifactStoreUri: `s3://${this.artifactStore.bucketName}`,
      roleArn: this.serviceRole.roleArn,
      trackingServerSize: size ?? MlflowTrackingServerSize.SMALL,
      mlflowVersion: version,
      weeklyMaintenanceWindowStart,
      automaticModelRegistration: false, // versions would come past the pipelines, in groups of any name
    });
    server.applyRemovalPolicy(removalOf(this, removalPolicy));
    keepWithoutFlag(server);
    return server;
  }

  private check({ size, version, weeklyMaintenanceWindowStart }: MlflowTrackingServerProps): void {
    new InputCheck(this)
      .that('mlflow.size', size, (one) => Object.values(MlflowTrackingServerSize).includes(one), 'be one of MlflowTrackingServerSize')
      .matches('mlflow.version', version, /^\d+(\.\d+){1,2}$/, 'be numbers with periods in between, such as 3.0')
      .matches('mlflow.weeklyMaintenanceWindowStart', weeklyMaintenanceWindowStart, /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun):([01]\d|2[0-3]):[0-5]\d$/,
        'be a day and a time in UTC, such as Tue:03:30')
      .throwIfInvalid();
  }
}
