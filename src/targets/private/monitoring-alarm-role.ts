import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TargetRoleParts, targetRole } from './target-role';
import { arnIn } from '../../private/arn';
import { TargetRole } from '../../registry';

/** What tells the data-science account of alarms of monitors: may put events on one bus, and nothing else. */
export class MonitoringAlarmRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, parts: TargetRoleParts) {
    super(scope, id);
    const { registry, stage } = parts;
    const { account } = Stack.of(this);
    const description = 'What reports alarms of monitors';
    this.role = targetRole(this, parts, {
      role: TargetRole.MONITORING_ALARMS,
      description,
      assumedBy: new ServicePrincipal('events.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': arnIn(this, 'events', `rule/${registry.endpointPrefix(stage.stageName)}*`) },
        },
      }),
    });
    new ManagedPolicy(this, 'Policy', {
      description,
      path: registry.rolePath,
      roles: [this.role],
      statements: [new PolicyStatement({ actions: ['events:PutEvents'], resources: [registry.monitoringBusArn] })],
    });
  }
}
