import { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { MonitoringAlarmRole } from './monitoring-alarm-role';
import { MonitoringRole } from './monitoring-role';
import { MonitoringScheduleRole } from './monitoring-schedule-role';
import { TargetRoleParts } from './target-role';
import { UndeliveredReports } from './undelivered-reports';
import { TargetParameter } from '../../names';

/** What monitors of a target need that are set up later: a group for their schedules, their roles, and a queue of what they could not report. */
export class TargetMonitoring extends Construct {
  /** What monitors run as. */
  public readonly monitoringRole: IRole;
  /** What starts them. */
  public readonly scheduleRole: IRole;

  constructor(scope: Construct, id: string, parts: TargetRoleParts) {
    super(scope, id);
    const { names, stage: { stageName } } = parts;
    new CfnScheduleGroup(this, 'Schedules', { name: names.monitoringScheduleGroupName(stageName) });
    this.monitoringRole = new MonitoringRole(this, 'Monitoring', parts).role;
    this.scheduleRole = new MonitoringScheduleRole(this, 'Schedule', parts).role;
    const alarms = new MonitoringAlarmRole(this, 'Alarms', parts);
    new UndeliveredReports(this, 'Undelivered', parts);
    const publish = (parameter: TargetParameter, value: string) => names._publishInTarget(this, stageName, parameter, value);
    publish(TargetParameter.MONITORING_ROLE_ARN, this.monitoringRole.roleArn);
    publish(TargetParameter.SCHEDULE_ROLE_ARN, this.scheduleRole.roleArn);
    publish(TargetParameter.ALARMS_ROLE_ARN, alarms.role.roleArn);
  }
}
