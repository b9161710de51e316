import { CfnEventBus, EventBus, IEventBus, IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { DataPerimeter } from '../perimeter';
import { DeploymentStage } from '../stages';

/** Properties of the event bus of monitors. */
export interface MonitoringEventsProps {
  /** The names of the environment, from which the event bus is named. */
  readonly names: EnvironmentNames;

  /** The data perimeter, which decides on the accounts that may report. */
  readonly perimeter: DataPerimeter;

  /** Dead-letter queue of events that could not be delivered. */
  readonly undeliveredEvents: IQueue;

  /** Stages to which models are deployed. */
  readonly deploymentStages: DeploymentStage[];
}

/**
 * Event bus of an environment to which deployment targets report alarms of monitors.
 *
 * Its rules notify people and start training. Captured data stays in the target accounts.
 */
export class MonitoringEvents extends Construct {
  /** The event bus. */
  public readonly eventBus: IEventBus;

  constructor(scope: Construct, id: string, props: MonitoringEventsProps) {
    super(scope, id);
    const { names, perimeter, deploymentStages, undeliveredEvents } = props;
    const resource = new CfnEventBus(this, 'Resource', {
      name: names.monitoringBusName,
      description: 'Alarms of monitors',
      policy: new PolicyDocument({ statements: perimeter.requiredEventBusStatements(names.monitoringBusArn) }),
    });
    this.eventBus = EventBus.fromEventBusArn(this, 'Bus', resource.attrArn);
    for (const { stageName, monitoring } of deploymentStages) {
      if (monitoring?.notificationTopic === undefined) continue;
      const topic = new SnsTopic(monitoring.notificationTopic);
      // The CDK's own option would add a statement to the queue's policy for each rule.
      const deadLetterConfig = { arn: undeliveredEvents.queueArn };
      const target: IRuleTarget = { bind: (rule, targetId) => ({ ...topic.bind(rule, targetId), deadLetterConfig }) };
      new Rule(this, `Notify-${stageName}`, {
        eventBus: this.eventBus,
        description: `Tells of alarms of monitors in the stage ${stageName}`,
        eventPattern: {
          source: ['aws.cloudwatch'],
          detail: { configuration: { metrics: { metricStat: { metric: { namespace: [names.monitoringNamespace(stageName)] } } } } },
        },
        targets: [target],
      });
    }
  }
}
