import { thing } from './request/bystander-things';
import { Account } from './request/organization';
import { Thing } from './request/thing';
import { EnvironmentNames, TargetKeyPurpose, TargetParameter, TargetRole } from '../../src/names';

/** What a deployment target has that no name tells. */
export interface TargetParts {
  readonly stageName: string;
  readonly account: Account;
  readonly vpcId: string;
  readonly subnets: string[];
  readonly securityGroups: string[];
  /** ARN of the bucket that endpoints capture to. */
  readonly captureBucket: string;
  /** ARN of the bucket of copies of models, where there is one. */
  readonly modelsBucket?: string;
  readonly flowLogGroup: string;
  /** ARN of the role that delivers flow logs. */
  readonly flowLogsRole: string;
}

/** Finds the policy of a bucket, key or role by its ARN. */
export type PolicyOf = (arn: string) => Thing['policy'];

/** Finds a key by its alias. */
export type KeyByAlias = (alias: string) => { readonly arn: string; readonly aliases: string[] };

/** The stage's names for things, as the contract knows them. */
export const CONTRACT_NAMES: Record<string, string> = {
  targetModelExecutionRole: 'staging:modelExecutionRole',
  targetDeploymentRole: 'staging:deploymentRole',
  endpointTestRole: 'staging:testRole',
  productionTestRole: 'production:testRole',
  environmentEndpoint: 'staging:endpoint',
  productionEndpoint: 'production:endpoint',
  environmentModel: 'staging:model',
  environmentEndpointConfig: 'staging:endpointConfig',
  environmentAlarm: 'staging:stackAlarm',
  endpointAlarm: 'staging:alarm',
  endpointStack: 'staging:stack',
  targetEndpointLogStream: 'staging:logStream',
  targetSubnet: 'staging:subnet',
  targetVolumeKey: 'staging:volumeKey',
  targetCaptureKey: 'staging:captureKey',
  dataCaptureObject: 'staging:captureObject',
  anyTargetBucket: 'staging:anyBucket',
};

/** Name of the model that is deployed. */
const MODEL = 'forecast';
/** Application Auto Scaling makes up the names of its targets. */
const SCALABLE_TARGET = 'scalable-target/1234abcd56ab78cd901ef1234567890ab123';
const GUID = '0f0e0d0c-0b0a-4900-8807-060504030201';

/** Things of the account that a stage deploys to: what the target made, and what endpoint stacks make by the names that the registry gives. */
export class TargetThings {
  private readonly makers: Record<string, () => Thing>;

  constructor(
    private readonly names: EnvironmentNames,
    private readonly parts: TargetParts,
    private readonly keyOf: KeyByAlias,
    private readonly policyOf: PolicyOf,
  ) {
    this.makers = { ...this.made(), ...this.copies(), ...this.deployed(), ...this.around() };
  }

  public find(on: string): Thing | undefined {
    return this.makers[on]?.();
  }

  /** ARN of a role of the target. */
  public roleArn(role: TargetRole): string {
    return this.names.targetRoleArn(this.parts.stageName, role, this.parts.account.id);
  }

  /** ARN of a key of the target. */
  public keyArn(purpose: TargetKeyPurpose): string {
    return this.keyOf(this.names.targetKeyAlias(this.parts.stageName, purpose)).arn;
  }

  private made(): Record<string, () => Thing> {
    const { subnets, securityGroups, captureBucket, vpcId, stageName, flowLogGroup, flowLogsRole } = this.parts;
    const role = (name: TargetRole) => () => this.withPolicy(this.roleArn(name));
    const key = (purpose: TargetKeyPurpose) => () => {
      const { arn, aliases } = this.keyOf(this.names.targetKeyAlias(stageName, purpose));
      return { ...this.withPolicy(arn), context: { 'kms:ResourceAliases': aliases } };
    };
    const object = (name: string) => () => this.withPolicy(`${captureBucket}/${name}`, captureBucket);
    return {
      modelExecutionRole: role(TargetRole.MODEL_EXECUTION),
      deploymentRole: role(TargetRole.DEPLOYMENT),
      monitoringRole: role(TargetRole.MONITORING),
      scheduleRole: role(TargetRole.MONITORING_SCHEDULE),
      alarmsRole: role(TargetRole.MONITORING_ALARMS),
      testRole: role(TargetRole.ENDPOINT_TEST),
      flowLogsRole: () => this.withPolicy(flowLogsRole),
      volumeKey: key(TargetKeyPurpose.VOLUMES),
      captureKey: key(TargetKeyPurpose.CAPTURE),
      logKey: key(TargetKeyPurpose.LOGS),
      captureBucket: () => this.withPolicy(captureBucket),
      captureObject: object(`captures/releases/${this.endpointName}/capture.jsonl`),
      groundTruthObject: object(`ground-truth/${this.endpointName}/2026/11/28/05/answers.jsonl`),
      reportObject: object(`monitoring/${this.endpointName}/report.json`),
      strayObject: object('elsewhere/x'),
      subnet: () => this.here('ec2', `subnet/${subnets[0]}`),
      securityGroup: () => this.here('ec2', `security-group/${securityGroups[0]}`),
      undeliveredReports: () => this.withPolicy(`arn:aws:sqs:${this.names.region}:${this.parts.account.id}:${this.names._undeliveredReportsQueueName(stageName)}`),
      flowLogGroup: () => this.here('logs', `log-group:${flowLogGroup}`),
      flowLogStream: () => this.here('logs', `log-group:${flowLogGroup}:log-stream:s`),
      vpc: () => this.here('ec2', `vpc/${vpcId}`),
      parameter: () => this.here('ssm', `parameter${this.names.targetParameterName(stageName, TargetParameter.SUBNET_IDS)}`),
    };
  }

  /** Copies of released models, where the stage has its own. */
  private copies(): Record<string, () => Thing> {
    const { modelsBucket, stageName } = this.parts;
    if (modelsBucket === undefined) return {};
    const { arn, aliases } = this.keyOf(this.names.targetKeyAlias(stageName, TargetKeyPurpose.MODELS));
    return {
      promotionRole: () => this.withPolicy(this.roleArn(TargetRole.PROMOTION)),
      copiesBucket: () => this.withPolicy(modelsBucket),
      copy: () => this.withPolicy(`${modelsBucket}/p-1/churn/1/v/model.tar.gz`, modelsBucket),
      copiesKey: () => ({ ...this.withPolicy(arn), context: { 'kms:ResourceAliases': aliases } }),
      copiesRepository: () => this.here('ecr', `repository/${this.names.targetRepositoryName(stageName)}`),
      copiesGroup: () => this.here('sagemaker', `model-package-group/${this.endpointName}`),
      copiedVersion: () => this.here('sagemaker', `model-package/${this.endpointName}/1`),
      otherVersion: () => this.here('sagemaker', `model-package/${this.endpointName.replace(/^[^-]+/, (first) => `${first}-2`)}/1`),
    };
  }

  /** CloudFormation makes up the names of models and configurations; they are known by their tag. */
  private deployed(): Record<string, () => Thing> {
    const name = this.endpointName;
    const stack = `StackSet-${name}-${GUID}`;
    const tagged = (kind: string, environment?: string) => (): Thing => ({
      ...this.here('sagemaker', `${kind}/model-1gaz4x`),
      tags: environment === undefined ? undefined : { environment, stage: this.parts.stageName },
    });
    const { environmentName } = this.names;
    return {
      endpoint: () => this.here('sagemaker', `endpoint/${name}`),
      model: tagged('model', environmentName),
      endpointConfig: tagged('endpoint-config', environmentName),
      otherModel: tagged('model', `${environmentName}-2`),
      otherEndpointConfig: tagged('endpoint-config', `${environmentName}-2`),
      untaggedModel: tagged('model'),
      untaggedEndpointConfig: tagged('endpoint-config'),
      stack: () => this.here('cloudformation', `stack/${stack}/${GUID}`),
      alarm: () => this.here('cloudwatch', `alarm:${name}-latency`),
      stackAlarm: () => this.here('cloudwatch', `alarm:${stack}-Latency-1GAZ4X`),
      dashboard: () => this.global('cloudwatch', `dashboard/${name}`),
      stackDashboard: () => this.global('cloudwatch', `dashboard/${stack}-Dashboard-1GAZ4X`),
      scheduleGroup: () => this.here('scheduler', `schedule-group/${this.names.monitoringScheduleGroupName(this.parts.stageName)}`),
      schedule: () => this.here('scheduler', `schedule/${this.names.monitoringScheduleGroupName(this.parts.stageName)}/data-quality`),
      monitorRule: () => this.here('events', `rule/${name}-monitor`),
      monitoringJob: () => this.here('sagemaker', `processing-job/${environmentName}--${GUID}`),
      scalableTarget: () => ({ ...this.here('application-autoscaling', SCALABLE_TARGET), tags: { environment: environmentName, stage: this.parts.stageName } }),
      untaggedScalableTarget: () => this.here('application-autoscaling', SCALABLE_TARGET),
      otherScalableTarget: () => ({ ...this.here('application-autoscaling', SCALABLE_TARGET), tags: { environment: `${environmentName}-2` } }),
      scalingAlarm: () => this.here('cloudwatch', `alarm:TargetTracking-endpoint/${name}/variant/AllTraffic-AlarmHigh-${GUID}`),
      otherScalingAlarm: () => this.here('cloudwatch', `alarm:TargetTracking-endpoint/${name.replace(/^[^-]+/, (first) => `${first}-2`)}/variant/AllTraffic-AlarmHigh-${GUID}`),
      logGroup: () => this.here('logs', `log-group:/aws/sagemaker/Endpoints/${name}`),
      logStream: () => this.here('logs', `log-group:/aws/sagemaker/Endpoints/${name}:log-stream:s`),
    };
  }

  /** What else is in such an account. */
  private around(): Record<string, () => Thing> {
    const { rolePath } = this.names;
    const { environmentName } = this.names;
    const nextDoorGroup = this.names.monitoringScheduleGroupName(this.parts.stageName).replace(environmentName, `${environmentName}-2`);
    const nextDoor = this.endpointName.replace(/^[^-]+/, (first) => `${first}-2`);
    return {
      networkInterface: () => this.here('ec2', 'network-interface/eni-0a1a1a1a1a1a1a1a1'),
      foreignSubnet: () => this.here('ec2', 'subnet/subnet-0f0f0f0f0f0f0f0f0'),
      newEndpoint: () => this.here('sagemaker', 'endpoint/mine'),
      otherEndpoint: () => this.here('sagemaker', `endpoint/${nextDoor}`),
      otherScheduleGroup: () => this.here('scheduler', `schedule-group/${nextDoorGroup}`),
      defaultScheduleGroup: () => this.here('scheduler', 'schedule-group/default'),
      otherSchedule: () => this.here('scheduler', `schedule/${nextDoorGroup}/data-quality`),
      defaultSchedule: () => this.here('scheduler', 'schedule/default/data-quality'),
      otherMonitorRule: () => this.here('events', `rule/${nextDoor}-monitor`),
      payrollRule: () => this.here('events', 'rule/payroll'),
      busRule: () => this.here('events', `rule/other-bus/${this.endpointName}-monitor`),
      otherMonitoringJob: () => this.here('sagemaker', `processing-job/${environmentName}-2--${GUID}`),
      payrollJob: () => this.here('sagemaker', 'processing-job/payroll'),
      monitoringTrainingJob: () => this.here('sagemaker', `training-job/${environmentName}--${GUID}`),
      otherStack: () => this.here('cloudformation', `stack/StackSet-${nextDoor}-${GUID}/${GUID}`),
      payrollStack: () => this.here('cloudformation', `stack/payroll/${GUID}`),
      otherAlarm: () => this.here('cloudwatch', `alarm:${nextDoor}-latency`),
      payrollAlarm: () => this.here('cloudwatch', 'alarm:payroll'),
      otherDashboard: () => this.global('cloudwatch', `dashboard/${nextDoor}`),
      payrollDashboard: () => this.global('cloudwatch', 'dashboard/payroll'),
      otherParameter: () => this.here('ssm', 'parameter/billing/password'),
      nextStageParameter: () => this.here('ssm', `parameter${this.names.targetParameterName(`${this.parts.stageName}2`, TargetParameter.SUBNET_IDS)}`),
      otherLogStream: () => this.here('logs', 'log-group:/aws/lambda/billing:log-stream:s'),
      anyJob: () => this.here('sagemaker', 'training-job/mine'),
      modelPackage: () => this.here('sagemaker', 'model-package/mine/1'),
      instance: () => this.here('ec2', 'instance/i-0a1a1a1a1a1a1a1a1'),
      anyRole: () => this.global('iam', `role${rolePath}backdoor`),
      adminRole: () => this.global('iam', 'role/OrganizationAccountAccessRole'),
      anyPolicy: () => this.global('iam', `policy${rolePath}backdoor`),
      scalingRole: () => this.global('iam',
        'role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint'),
      anyServiceRole: () => this.global('iam', 'role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'),
      anyFunction: () => this.here('lambda', 'function:f'),
      anyBucket: () => ({ arn: 'arn:aws:s3:::target-bucket', account: this.parts.account }),
      anyObject: () => ({ arn: 'arn:aws:s3:::target-bucket/x', account: this.parts.account }),
      image: () => this.here('ecr', 'repository/ours'),
    };
  }

  private get endpointName(): string {
    return this.names.endpointName(this.parts.stageName, MODEL);
  }

  private withPolicy(arn: string, policyArn = arn): Thing {
    return { arn, account: this.parts.account, policy: this.policyOf(policyArn) };
  }

  private here(service: string, rest: string): Thing {
    return thing(service, rest, this.parts.account);
  }

  private global(service: string, rest: string): Thing {
    return { arn: `arn:aws:${service}::${this.parts.account.id}:${rest}`, account: this.parts.account };
  }
}
