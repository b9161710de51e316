import { AnyPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allOf } from '../conditions';
import { StageConditions } from './stage-conditions';

/**
 * The policy of the bus to which targets report alarms: by the exact name of the role that reports them, and what CloudWatch
 * says of alarms only. Without a network condition: EventBridge sends from its own network.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus-permissions.html
 */
export function eventBusStatements(stages: StageConditions, busArn: string): PolicyStatement[] {
  return stages.principals.map((belongs) => new PolicyStatement({
    sid: `ReportBy${belongs.StringEquals ? 'Account' : 'Unit'}`,
    principals: [new AnyPrincipal()],
    actions: ['events:PutEvents'],
    resources: [busArn],
    conditions: allOf(belongs, {
      // A request may bring several events, so the keys have many values: all of them, and at least one.
      'ForAllValues:StringEquals': { 'events:source': 'aws.cloudwatch', 'events:detail-type': 'CloudWatch Alarm State Change' },
      'Null': { 'events:source': 'false', 'events:detail-type': 'false' },
      'ArnLike': { 'aws:PrincipalArn': stages.alarmReporters },
    }),
  }));
}
