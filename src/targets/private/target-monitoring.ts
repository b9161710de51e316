import { IRole } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { MonitoringAlarmRole } from './monitoring-alarm-role';
import { MonitoringRole } from './monitoring-role';
import { MonitoringScheduleRole } from './monitoring-schedule-role';
import { TargetRoleParts } from './target-role-parts';

/** What monitors of a target need that are set up later: a group for their schedules, and the roles that they work with. */
export class TargetMonitoring extends Construct {
  /** What monitors run as. */
  public readonly monitoringRole: IRole;
  /** What starts them. */
  public readonly scheduleRole: IRole;

  constructor(scope: Construct, id: string, parts: TargetRoleParts) {
    super(scope, id);
    const { registry, stage: { stageName } } = parts;
    new CfnScheduleGroup(this, 'Schedules', { name: registry.monitoringScheduleGroupName(stageName) });
    this.monitoringRole = new MonitoringRole(this, 'Monitoring', parts).role;
    this.scheduleRole = new MonitoringScheduleRole(this, 'Schedule', parts).role;
    const alarms = new MonitoringAlarmRole(this, 'Alarms', parts);
    const publish = (what: string, value: string) => registry.publishInTarget(this, stageName, 'identity', what, value);
    publish('monitoring-role-arn', this.monitoringRole.roleArn);
    publish('schedule-role-arn', this.scheduleRole.roleArn);
    publish('alarms-role-arn', alarms.role.roleArn);
  }
}
