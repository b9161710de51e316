import { RemovalPolicy } from 'aws-cdk-lib';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { DataScienceEnvironment, DeploymentStage, EnvironmentTemplate, MlflowOptions, ProjectBlueprint } from '../../../src';

/** What differs from version to version. */
export interface TeamEnvironmentProps {
  /** Name of the permissions boundary of all roles, in every account. */
  readonly boundaryName: string;

  /**
   * What becomes of data and keys.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Experiments with MLflow.
   * @default - none
   */
  readonly mlflow?: MlflowOptions;
}

/** The environment of a team: what the form asks for, and what the platform team has decided. */
export class TeamEnvironment extends EnvironmentTemplate {
  constructor(scope: Construct, id: string, { boundaryName, removalPolicy, mlflow }: TeamEnvironmentProps) {
    super(scope, id, { description: 'A secure data-science environment of a team' });
    const environment = new DataScienceEnvironment(this, 'Environment', {
      environmentName: this.environmentName,
      owner: this.owner,
      network: this.askForNetwork({ zoneCount: 2 }),
      deploymentStages: [DeploymentStage.accounts('production', { accounts: [this.askForTargetAccount()] })],
      roleOptions: { permissionsBoundary: ManagedPolicy.fromManagedPolicyName(this, 'Boundary', boundaryName) },
      removalPolicy,
      mlflow,
    });
    environment.addProjectTemplate('Train and register a model', { blueprint: ProjectBlueprint.buildTrain() });
    environment.addMemberProduct();
    this.askForFirstMember(environment);
  }
}
