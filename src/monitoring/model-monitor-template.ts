import { Fn, Tags } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { MonitoringCheck, MonitoringThreshold } from './monitoring-check';
import { EnvironmentNames, TargetParameter } from '../names';
import { MonitorAlarms } from './private/monitor-alarms';
import { monitoringJob } from './private/monitoring-job';
import { NAMES } from '../names/kinds';
import { InputCheck } from '../private/input-check';
import { throwValidationError } from '../private/invalid-input';
import { pascalCase } from '../private/pascal-case';
import { checkRequired, like, listOf } from '../private/required-input';
import { DeploymentStage } from '../stages';
import { STAGE } from '../stages/kinds';
import { storedTargetParameters } from '../targets/stored-parameters';
import { SelfContainedTemplate } from '../templates';
import { xgboostImage } from './private/xgboost-image';
import { arnIn } from '../private/arn';

/** Properties of the template of monitors. */
export interface ModelMonitorTemplateProps {
  /** The names of the environment whose models are monitored. */
  readonly names: EnvironmentNames;

  /** The stage, which decides on the instance type of the monitoring jobs. */
  readonly stage: DeploymentStage;

  /** Checks of the monitor. */
  readonly checks: MonitoringCheck[];
}

/**
 * Template of a monitor in a target account: for each check a schedule that starts a processing job, and alarms.
 *
 * It belongs to the environment: whoever deploys it sets thresholds only.
 *
 * The jobs are not schedules of SageMaker Model Monitor, which AWS has closed to new customers. Baselines, captured data, ground
 * truth and reports have its formats.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor.html
 */
export class ModelMonitorTemplate extends SelfContainedTemplate {
  /** Name of the parameter for the endpoint's name. */
  public static readonly ENDPOINT_NAME = 'EndpointName';
  /** Name of the parameter for the name of the rule that reports alarms. */
  public static readonly MONITOR_NAME = 'MonitorName';
  /** Name of the parameter for the S3 URI of the monitoring program. */
  public static readonly PROGRAM_URL = 'ProgramUrl';

  /** Returns the name of the parameter for a threshold, such as `DriftThreshold` for `driftThreshold`. */
  public static thresholdParameter(threshold: string): string {
    return pascalCase(threshold);
  }

  private readonly endpointName: string;
  private readonly stored: ReturnType<typeof storedTargetParameters>;

  constructor(scope: Construct, id: string, private readonly props: ModelMonitorTemplateProps) {
    checkRequired(`${scope.node.path}/${id}`, props, { names: NAMES, stage: STAGE, checks: listOf(like<MonitoringCheck>('checkName', 'a MonitoringCheck, such as MonitoringCheck.dataQuality()')) });
    super(scope, id, { description: `Monitor of a model of the environment ${props.names.environmentName} in the stage ${props.stage.stageName}` });
    const { names, stage, checks } = props;
    if (!stage.monitoring) {
      throwValidationError(this, {
        property: 'stage', value: stage.stageName, rule: 'be one whose models are monitored', remedy: 'Set its `monitoring`; its targets then have the roles that monitors work with',
      });
    }
    new InputCheck(this).notEmpty('checks', checks).unique('checks', checks.map(({ checkName }) => checkName)).throwIfInvalid();
    this.stored = storedTargetParameters(this, names, stage.stageName);
    this.endpointName = this.nameOf(ModelMonitorTemplate.ENDPOINT_NAME, 'Name of the endpoint that is watched');
    const alarms = this.watch();
    this.report(this.nameOf(ModelMonitorTemplate.MONITOR_NAME, 'Name of this monitor'), alarms);
    Tags.of(this).add('environment', names.environmentName);
    Tags.of(this).add('stage', stage.stageName);
  }

  private nameOf(parameter: string, description: string): string {
    const { names, stage } = this.props;
    return this.addParameter(parameter, {
      group: 'Model', description, allowedPattern: `${names.endpointPrefix(stage.stageName)}[a-z0-9]+(-[a-z0-9]+)*`, maxLength: 63,
    }).valueAsString;
  }

  /** A schedule and its alarms for each check. */
  private watch(): Alarm[] {
    const { names, stage: { stageName, _monitoringInstanceType: instanceType }, checks } = this.props;
    const namespace = names.monitoringNamespace(stageName);
    const roleArn = this.stored(TargetParameter.SCHEDULE_ROLE_ARN).valueAsString;
    const substitutions = this.substitutions(namespace);
    return checks.flatMap((check) => {
      const id = pascalCase(check.checkName);
      for (const threshold of check._thresholds) this.threshold(threshold);
      const { environmentName } = names;
      const job = monitoringJob({ check, environmentName, instanceType, parameterOf: ModelMonitorTemplate.thresholdParameter });
      new CfnSchedule(this, `${id}Schedule`, {
        groupName: names.monitoringScheduleGroupName(stageName),
        description: `Looks at ${check.checkName}`,
        scheduleExpression: check._hours === 1 ? 'rate(1 hour)' : `rate(${check._hours} hours)`,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: arnIn(this, 'scheduler', 'aws-sdk:sagemaker:createProcessingJob', { region: '', account: '' }),
          roleArn,
          input: Fn.sub(job, substitutions),
          retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 1800 },
        },
      });
      return new MonitorAlarms(this, `${id}Alarms`, { check, endpointName: this.endpointName, namespace }).alarms;
    });
  }

  /** What jobs name that is no parameter as it stands; lists as JSON has them, but for the first and last quotation mark. */
  private substitutions(namespace: string): Record<string, string> {
    const { names } = this.props;
    this.addParameter(ModelMonitorTemplate.PROGRAM_URL, {
      group: 'Model', description: 'S3 URI of the program', allowedPattern: `s3://${names._releasesBucketPattern}/.+/monitor[.]zip`,
    });
    const { CAPTURE_BUCKET, CAPTURE_KEY_ARN, VOLUMES_KEY_ARN, MONITORING_ROLE_ARN, SUBNET_IDS, SECURITY_GROUP_IDS } = TargetParameter;
    for (const parameter of [CAPTURE_BUCKET, CAPTURE_KEY_ARN, VOLUMES_KEY_ARN, MONITORING_ROLE_ARN]) this.stored(parameter);
    const listed = (parameter: TargetParameter) => Fn.join('","', this.stored(parameter).valueAsList);
    return {
      Region: this.region,
      Image: xgboostImage(this, names.region),
      ReleasesBucket: names.releasesBucketName,
      Namespace: namespace,
      Subnets: listed(SUBNET_IDS),
      SecurityGroups: listed(SECURITY_GROUP_IDS),
    };
  }

  private threshold({ name, value }: MonitoringThreshold): void {
    this.addParameter(ModelMonitorTemplate.thresholdParameter(name), {
      group: 'Thresholds', description: `${name}: from 0 to 1`, default: `${value}`, allowedPattern: '0|1|0?[.][0-9]{1,6}',
    });
  }

  /** Alarms are in the account of the target; this makes them known where people and training are. */
  private report(name: string, alarms: Alarm[]): void {
    const { names, stage: { stageName } } = this.props;
    new CfnRule(this, 'Report', {
      name,
      description: 'Reports alarms of the monitor to the data-science account',
      eventPattern: { 'source': ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'], 'resources': alarms.map(({ alarmArn }) => alarmArn) },
      targets: [{
        id: 'Environment',
        arn: names.monitoringBusArn,
        roleArn: this.stored(TargetParameter.ALARMS_ROLE_ARN).valueAsString,
        deadLetterConfig: { arn: arnIn(this, 'sqs', names._undeliveredReportsQueueName(stageName)) },
      }],
    });
  }
}
