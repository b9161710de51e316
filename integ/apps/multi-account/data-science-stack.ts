import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  DataScienceEnvironment, DeploymentStage, ModelApproval, MonitoringCheck, ProjectBlueprint,
} from '../../../src';

/** Properties of the stack. */
export interface DataScienceStackProps extends StackProps {
  /** The account of the staging stage. */
  readonly staging: string;

  /** The account of the platform, which makes the targets of production. */
  readonly platform: string;

  /**
   * The address ranges from which administrators read reports of models.
   * @default - they read them in the environment's network only
   */
  readonly sourceCidrs?: string[];

  /**
   * What becomes of data and keys.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** An environment whose models go to staging, and after an approval to production. */
export class DataScienceStack extends Stack {
  public readonly churn: DataScienceEnvironment;
  public readonly staging: DeploymentStage;
  public readonly production: DeploymentStage;

  constructor(scope: Construct, id: string, props: DataScienceStackProps) {
    super(scope, id, { description: 'A secure data-science environment that deploys to other accounts', env: props.env });
    this.staging = DeploymentStage.accounts('staging', {
      accounts: [props.staging],
      endpointCapacity: { minInstanceCount: 1, maxInstanceCount: 1 },
      monitoring: {},
    });
    this.production = DeploymentStage.organizationalUnits('production', {
      organizationId: 'o-exampleorg',
      organizationalUnitPaths: ['o-exampleorg/r-ab12/ou-ab12-prod1111/'],
      platformAccount: props.platform,
      approval: ModelApproval.manual(),
      monitoring: {},
    });
    this.churn = new DataScienceEnvironment(this, 'Churn', {
      environmentName: 'churn',
      deploymentStages: [this.staging, this.production],
      personas: props.sourceCidrs && { sourceCidrs: props.sourceCidrs },
      removalPolicy: props.removalPolicy,
    });
    this.churn.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    this.churn.addProjectTemplate('FineTune', { blueprint: ProjectBlueprint.fineTune() });
    this.churn.addProjectTemplate('Image', { blueprint: ProjectBlueprint.imageBuild() });
    this.churn.addProjectTemplate('Deploy', { blueprint: ProjectBlueprint.deploy() });
    this.churn.addProjectTemplate('Batch', { blueprint: ProjectBlueprint.batchInference() });
    const checks = [MonitoringCheck.dataQuality(), MonitoringCheck.modelQuality(), MonitoringCheck.bias({ facet: 'age', facetThreshold: 0 })];
    this.churn.addProjectTemplate('Monitor', { blueprint: ProjectBlueprint.monitoring({ checks, retraining: true }) });
  }
}
