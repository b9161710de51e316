import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, IDataScienceEnvironment, ModelEndpointStackSet, Persona, ProjectBlueprint } from '../../../src';

export interface LastingStackProps extends StackProps {
  /** The account of the stage. */
  readonly staging: string;
  /** Besides the role of deployments, who may delete what outlives the environment. */
  readonly cleaner: string;
}

/** An environment that keeps all its data, with a bucket of the team beside it. */
export class LastingStack extends Stack {
  public readonly churn: DataScienceEnvironment;
  public readonly stage: DeploymentStage;

  constructor(scope: Construct, id: string, { staging, cleaner, ...props }: LastingStackProps) {
    super(scope, id, props);
    this.stage = DeploymentStage.accounts('staging', { accounts: [staging], endpointCapacity: { minInstanceCount: 1, maxInstanceCount: 1 } });
    this.churn = new DataScienceEnvironment(this, 'Churn', {
      environmentName: 'churn',
      deploymentStages: [this.stage],
      cloudFormationExecutionRoles: [deploying(this), cleaner],
    });
    this.churn.addUser('alice', { persona: Persona.DATA_SCIENTIST });
    this.churn.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    new Bucket(this, 'Raw', {
      bucketName: `raw-${this.account}`,
      removalPolicy: RemovalPolicy.RETAIN,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
    });
  }
}

interface StageProps extends StackProps {
  readonly environment: IDataScienceEnvironment;
  readonly stage: DeploymentStage;
}

/** A target whose data nobody but the role of deployments may delete. */
export class LastingTargetStack extends Stack {
  constructor(scope: Construct, id: string, { environment, stage, ...props }: StageProps) {
    super(scope, id, props);
    new CrossAccountDeploymentTarget(this, 'Target', { environment, stage });
  }
}

/** A model in the account of the stage. */
export class LastingEndpointStack extends Stack {
  constructor(scope: Construct, id: string, { environment, stage, ...props }: StageProps) {
    super(scope, id, props);
    const { names } = environment;
    new ModelEndpointStackSet(this, 'Forecast', {
      environment,
      stage,
      modelName: 'forecast',
      image: `${names.account}.dkr.ecr.${names.region}.amazonaws.com/${names.releasesRepositoryName}:forecast-1`,
      modelDataUrl: `s3://${names.releasesBucketName}/forecast/1/model.tar.gz`,
    });
  }
}

/** The role that the bootstrap gives to CloudFormation. */
function deploying({ account, region }: Stack): string {
  return `arn:aws:iam::${account}:role/cdk-hnb659fds-cfn-exec-role-${account}-${region}`;
}
