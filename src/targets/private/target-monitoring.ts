import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { TargetParts, TargetRoles } from './target-roles';
import { UndeliveredReports } from './undelivered-reports';
import { TARGET_CARDS } from '../../roles/targets/cards';

/** What monitors of a target need that are set up later: a group for their schedules, their roles, and a queue of what they could not report. */
export class TargetMonitoring extends Construct {
  constructor(scope: Construct, id: string, parts: TargetParts, roles: TargetRoles) {
    super(scope, id);
    const { names, stage: { stageName } } = parts;
    new CfnScheduleGroup(this, 'Schedules', { name: names.monitoringScheduleGroupName(stageName) });
    new UndeliveredReports(this, 'Undelivered', parts);
    for (const card of TARGET_CARDS.filter(({ onlyWith }) => onlyWith === 'monitoring')) {
      const { roleArn } = roles.make(this, card);
      if (card.publishedAs) names._publishInTarget(this, stageName, card.publishedAs, roleArn);
    }
  }
}
