import { CfnStackSet, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, EnvironmentRole, IDataScienceEnvironment,
  MonitoringCheck, TargetRole,
} from '../../../src';
import { ModelMonitorTemplate } from '../../../src/monitoring/model-monitor-template';
import { StackSetAdministrationRole } from '../../../src/targets/stack-set-administration-role';

/** Names of the environment, and of its only stage. */
export const ENVIRONMENT = 'churn';
export const STAGE = 'staging';
/** What the stack set and its rule are called, as a project calls them. */
export const MONITOR = `${ENVIRONMENT}--${STAGE}--p-1-monitor`;

/** The first link of the chain: the administration role of the environment's stack sets, without the rest of the environment. */
export class ChainStack extends Stack {
  public readonly churn: IDataScienceEnvironment;
  public readonly stage: DeploymentStage;

  constructor(scope: Construct, id: string, { target, ...props }: StackProps & { target: string }) {
    super(scope, id, props);
    this.churn = DataScienceEnvironment.fromEnvironmentAttributes(this, 'Environment', { environmentName: ENVIRONMENT, account: this.account, region: this.region });
    this.stage = DeploymentStage.accounts(STAGE, { accounts: [target], monitoring: {} });
    new StackSetAdministrationRole(this, 'Administration', { names: this.churn.names, deploymentStages: [this.stage] });
  }
}

/** A target whose models may be monitored. */
export class MonitoredStack extends Stack {
  constructor(scope: Construct, id: string, { chain, ...props }: StackProps & { chain: ChainStack }) {
    super(scope, id, props);
    new CrossAccountDeploymentTarget(this, 'Target', {
      environment: chain.churn, stage: chain.stage, groundTruthWriters: ['backend'], removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

/** A monitor on its way to the target, as a delivery pipeline brings it there. */
export class MonitorStack extends Stack {
  constructor(scope: Construct, id: string, { chain, threshold, ...props }: StackProps & { chain: ChainStack; threshold: string }) {
    super(scope, id, props);
    const { churn: { names }, stage } = chain;
    const checks = [MonitoringCheck.dataQuality(), MonitoringCheck.modelQuality(), MonitoringCheck.bias({ facet: 'age', facetThreshold: 40 })];
    const template = new ModelMonitorTemplate(this, 'Template', { names, stage, checks });
    new CfnStackSet(this, 'Monitor', {
      stackSetName: MONITOR,
      permissionModel: 'SELF_MANAGED',
      administrationRoleArn: names.roleArn(EnvironmentRole.STACK_SET_ADMINISTRATOR),
      executionRoleName: names.targetRoleName(stage.stageName, TargetRole.DEPLOYMENT),
      templateBody: template.templateBody,
      parameters: Object.entries({
        [ModelMonitorTemplate.ENDPOINT_NAME]: names.endpointName(stage.stageName, 'forecast'),
        [ModelMonitorTemplate.MONITOR_NAME]: MONITOR,
        [ModelMonitorTemplate.PROGRAM_URL]: `s3://${names.releasesBucketName}/p-1/monitor-0123456789ab/monitor.zip`,
        [ModelMonitorTemplate.thresholdParameter('driftThreshold')]: threshold,
      }).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue })),
      stackInstancesGroup: [{ deploymentTargets: { accounts: stage.accountIds }, regions: [names.region] }],
    });
  }
}
