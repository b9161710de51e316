import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TargetRoleParts, targetRole } from './target-role';
import { TargetRole } from '../../names';
import { arnIn } from '../../private/arn';

/** What tells the data-science account of alarms of monitors: may put events on one bus, and nothing else. */
export class MonitoringAlarmRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, parts: TargetRoleParts) {
    super(scope, id);
    const { names, stage } = parts;
    const { account } = Stack.of(this);
    const description = 'What reports alarms of monitors';
    this.role = targetRole(this, parts, {
      role: TargetRole.MONITORING_ALARMS,
      description,
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': arnIn(this, 'events', `rule/${names.endpointPrefix(stage.stageName)}*`) },
        },
      }),
    });
    new ManagedPolicy(this, 'Policy', {
      description,
      path: names.rolePath,
      roles: [this.role],
      statements: [new PolicyStatement({ actions: ['events:PutEvents'], resources: [names.monitoringBusArn] })],
    });
  }
}
