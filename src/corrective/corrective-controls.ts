import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventBus, EventPattern, IEventBus, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Grant, IGrantable, IRole, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { EventBridgeDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CorrectiveControlsProps } from './corrective-controls-props';
import { CORRECTIVE_CONTROLS } from './private/acknowledgements';
import { bucketCallsOf, callsOf, statesOf } from './private/events';
import { actionsOf, checkInput, comparedBy } from './private/input';
import { recordsBucket } from './private/records';
import { attached, leftAlone, statementsFor, statementsForRoles, writtenBy } from './private/statements';
import { workOf } from './private/work';
import { acknowledge } from '../private/acknowledgements';
import { bundleOf } from '../private/bundles';
import { HANDLER_RUNTIME } from '../private/inline-handler';
import { keyOfNotes, letNote, NOTING } from '../private/locked-bucket';
import { checkRequired, GRANTEE } from '../private/required-input';
import { settingsOfRole } from '../private/role-settings';
import { letPublish, undeliveredAlarm, undeliveredQueue } from '../private/undelivered-alarm';

const DESCRIPTION = 'Corrects what breaks a rule: stops, deletes or quarantines it';

/** Invocations at a time. Bursts wait, so that nothing else of the account does. */
const CONCURRENCY = 5;

/**
 * A function that stops, deletes or quarantines what breaks a rule, as soon as AWS tells of it.
 *
 * It is a dry run until `enforcedActions` says otherwise. Decisions are recorded in a bucket and told to a topic, and a person can
 * take each of them back.
 *
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-security-controls/responsive-controls.html
 */
export class CorrectiveControls extends Construct {
  /** The function. */
  public readonly function: IFunction;
  /** Role of the function. */
  public readonly role: IRole;
  /** Bucket of the records. */
  public readonly records: IBucket;
  /** Queue of the events that were not delivered, or that the function failed to handle. */
  public readonly deadLetterQueue: IQueue;
  /** Alarm while an event is in the queue. */
  public readonly alarm: Alarm;

  constructor(scope: Construct, id: string, props: CorrectiveControlsProps) {
    super(scope, id);
    checkInput(this, props);
    acknowledge(this, CORRECTIVE_CONTROLS);
    const key = props.encryptionKey ?? keyOfNotes(this, 'Records, logs and undelivered events of corrective controls');
    this.records = recordsBucket(this, key);
    this.deadLetterQueue = undeliveredQueue(this, 'Undelivered', key);
    const { path, permissionsBoundary } = settingsOfRole(props.roleOptions, '');
    const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
    const role = this.role = new Role(this, 'Role', { path, permissionsBoundary, assumedBy, description: DESCRIPTION });
    letNote(this, key, this.role, 'UsedByCorrectiveControls');
    this.records.addToResourcePolicy(writtenBy(role, this.records));
    this.function = this.handler(role, key, props);
    const actions = actionsOf(props);
    this.correctOn('States', 'Changes of what SageMaker runs', statesOf(this, actions));
    this.correctOn('Calls', 'Calls that make or open something', callsOf(this, actions));
    this.correctOn('BucketCalls', 'Calls that open buckets', bucketCallsOf(this, actions, props.buckets ?? []));
    this.tell(props.topic);
    this.alarm = undeliveredAlarm(this, this.deadLetterQueue, 'Corrective controls have not handled an event');
    this.alarm.addAlarmAction(new SnsAction(props.topic));
    letPublish(this, props.topic);
  }

  /** Lets somebody take decisions back, by invoking the function with `{"undo": "<id>", "reason": "…"}`. */
  public grantUndo(grantee: IGrantable): Grant {
    checkRequired(this, { grantee }, { grantee: GRANTEE });
    return this.function.grantInvoke(grantee);
  }

  private handler(role: Role, key: IKey, props: CorrectiveControlsProps): Function {
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/cdk-secure-mlops/corrective/${Stack.of(this).stackName}/${this.node.addr}`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const bus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    const statements = [...this.statements(key, logGroup, bus, props), ...leftAlone(props.allowList ?? [])];
    const policies = attached(this, role, DESCRIPTION, props.roleOptions?.path, statements);
    const made = new Function(this, 'Function', {
      code: Code.fromInline(`globalThis.CORRECTIVE_SETTINGS=${Stack.of(this).toJsonString(this.settings(props))};\n${bundleOf('corrective')}`),
      handler: 'index.handler',
      runtime: HANDLER_RUNTIME,
      architecture: Architecture.ARM_64,
      description: DESCRIPTION,
      timeout: Duration.minutes(3),
      memorySize: 256,
      role: role.withoutPolicyUpdates(), // what it may do is in its policies
      logGroup,
      reservedConcurrentExecutions: CONCURRENCY,
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: new SqsDestination(this.deadLetterQueue),
      onSuccess: new EventBridgeDestination(bus),
    });
    made.node.addDependency(...policies.all);
    return made;
  }

  private statements(key: IKey, logGroup: LogGroup, bus: IEventBus, props: CorrectiveControlsProps): PolicyStatement[] {
    const enforced = props.enforcedActions ?? [], actions = actionsOf(props);
    return [
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [this.records.arnForObjects('*')] }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.records.bucketArn] }), // or S3 says of what is missing that it is denied
      new PolicyStatement({ actions: NOTING, resources: [key.keyArn] }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.deadLetterQueue.queueArn] }),
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
      ...actions.flatMap((action) => statementsFor(this, action, enforced.includes(action), props)),
      ...workOf(props) ? statementsForRoles(this, actions) : [],
    ];
  }

  /** As the function reads them: `src/handlers/corrective/settings.ts`. */
  private settings(props: CorrectiveControlsProps): object {
    const { enforcedActions = [], allowList = [], maximumActionsPerHour = 10, guardrailStatements = [], buckets = [], vpcs = [] } = props;
    const { partition, region, account } = Stack.of(this);
    const guardrails = guardrailStatements.map((one) => one.copy({ actions: comparedBy(one) })).filter(({ actions }) => actions.length > 0);
    return {
      actions: actionsOf(props),
      enforced: enforcedActions,
      allowList,
      maximumActionsPerHour,
      guardrails: guardrails.map((one) => one.toStatementJson() as object),
      buckets: buckets.map(({ bucketName }) => bucketName),
      vpcs: vpcs.map(({ vpcId }) => vpcId),
      work: workOf(props),
      records: this.records.bucketName,
      role: this.role.roleArn,
      partition,
      region,
      account,
    };
  }

  private correctOn(id: string, description: string, patterns: readonly EventPattern[]): void {
    patterns.forEach((eventPattern, index) => new Rule(this, `${id}${index === 0 ? '' : index + 1}`, {
      description, eventPattern, targets: [new LambdaFunction(this.function, { deadLetterQueue: this.deadLetterQueue })],
    }));
  }

  /** Lambda itself tells EventBridge what the function has answered; what nobody needs to know is left out. */
  private tell(topic: ITopic): void {
    new Rule(this, 'Decisions', {
      description: 'Decisions of corrective controls',
      eventPattern: {
        source: ['lambda'],
        detailType: ['Lambda Function Invocation Result - Success'],
        resources: [`${this.function.functionArn}:$LATEST`],
        detail: { responsePayload: { tell: [true] } },
      },
      targets: [new SnsTopic(topic, { message: RuleTargetInput.fromEventPath('$.detail.responsePayload.message'), deadLetterQueue: this.deadLetterQueue })],
    });
  }
}
