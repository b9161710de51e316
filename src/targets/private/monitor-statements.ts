import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { passRole } from './pass-role';
import { CHANGE_RULES, CHANGE_SCHEDULES } from './perms';
import { TargetRoleParts } from './target-role';
import { TargetRole } from '../../names';
import { arnIn } from '../../private/arn';

/** What deploys monitors, which come in stacks of their own beside those of endpoints: their schedules, and the rule that reports alarms. */
export function operateMonitors(scope: Construct, { names, stage: { stageName } }: TargetRoleParts): PolicyStatement[] {
  const { account } = Stack.of(scope);
  const here = (service: string, resource: string) => arnIn(scope, service, resource);
  const role = (which: TargetRole) => names.targetRoleArn(stageName, which, account);
  return [
    new PolicyStatement({ actions: CHANGE_SCHEDULES, resources: [here('scheduler', `schedule/${names.monitoringScheduleGroupName(stageName)}/*`)] }),
    new PolicyStatement({ actions: CHANGE_RULES, resources: [here('events', `rule/${names.endpointPrefix(stageName)}*`)] }),
    passRole(role(TargetRole.MONITORING_SCHEDULE), 'scheduler'),
    passRole(role(TargetRole.MONITORING_ALARMS), 'events'),
  ];
}
