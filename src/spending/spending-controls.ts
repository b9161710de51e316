import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { EventBus, IEventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { IRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function, IFunction } from 'aws-cdk-lib/aws-lambda';
import { EventBridgeDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PriceTable } from './prices/price-table';
import { SPENDING_CONTROLS } from './private/acknowledgements';
import { anomalies, budget } from './private/billing';
import { attachDenials } from './private/denial';
import { IdleFindings } from './private/idle';
import { checkInput, environmentOf } from './private/input';
import { denyingStatements, meteringStatements, settingsOf } from './private/statements';
import { SpendingControlsProps } from './spending-controls-props';
import { acknowledge } from '../private/acknowledgements';
import { bundleOf } from '../private/bundles';
import { HANDLER_RUNTIME } from '../private/inline-handler';
import { bucketOfNotes, keyOfNotes, letNote, NOTING } from '../private/locked-bucket';
import { removalOf } from '../private/removal';
import { letPublish, undeliveredAlarm, undeliveredQueue } from '../private/undelivered-alarm';

const DESCRIPTION = 'Meters what an environment spends, and denies new work at a limit';

/** What the function writes into its log each time: `src/handlers/spending/index.ts`. */
const HEARTBEAT = 'Spending is metered';

/** Times that the meter may miss before people hear of it. */
const MISSED = 3;

/**
 * A meter of what an environment spends, and limits at which new work is denied within minutes.
 *
 * It prices what runs by a table of prices, which is no invoice: discounts and credits are not in it, nor is what is not paid by the hour.
 *
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-best-practices.html
 */
export class SpendingControls extends Construct {
  /** The function that meters. */
  public readonly function: IFunction;
  /** Role of the function. */
  public readonly role: IRole;
  /** Bucket of ledgers and monthly reports. */
  public readonly records: IBucket;
  /** Queue of notifications that were not delivered. */
  public readonly deadLetterQueue: IQueue;
  /** Alarm while a notification is in the queue. */
  public readonly undeliveredAlarm: Alarm;
  /** Alarm while nothing is metered. */
  public readonly silenceAlarm: Alarm;

  constructor(scope: Construct, id: string, props: SpendingControlsProps) {
    super(scope, id);
    checkInput(this, props);
    acknowledge(this, SPENDING_CONTROLS);
    const key = props.encryptionKey ?? keyOfNotes(this, 'Ledgers, logs and undelivered notifications of spending controls');
    this.records = bucketOfNotes(this, 'Records', key, 'DenyOtherAccounts', {
      removalPolicy: removalOf(this, undefined),
      lifecycleRules: [{ prefix: 'ledger/', noncurrentVersionExpiration: Duration.days(90) }], // a version every few minutes
    });
    this.deadLetterQueue = undeliveredQueue(this, 'Undelivered', key);
    const environment = environmentOf(props), { path, permissionsBoundary } = environment.names._roleSettings('spending'); // as the company asks of the environment's own roles
    const assumedBy = new ServicePrincipal('lambda.amazonaws.com');
    const role = this.role = new Role(this, 'Role', { path, permissionsBoundary, assumedBy, description: DESCRIPTION });
    letNote(this, key, role, 'UsedBySpendingControls');
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/cdk-secure-mlops/spending/${Stack.of(this).stackName}/${this.node.addr}`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const interval = props.interval ?? Duration.minutes(5);
    this.function = this.meter(role, key, logGroup, props);
    new Rule(this, 'Schedule', { description: 'Meters spending', schedule: Schedule.rate(interval), targets: [new LambdaFunction(this.function, { deadLetterQueue: this.deadLetterQueue, retryAttempts: 0 })] });
    if (props.denyNewWork ?? true) attachDenials(this, environment);
    this.tell(props.topic);
    this.undeliveredAlarm = undeliveredAlarm(this, this.deadLetterQueue, 'Notifications of spending controls were not delivered');
    this.silenceAlarm = this.alarmOfSilence(logGroup, interval);
    for (const alarm of [this.undeliveredAlarm, this.silenceAlarm]) alarm.addAlarmAction(new SnsAction(props.topic));
    letPublish(this, props.topic);
    this.standBeside(key, props);
  }

  /** What is found once a day, and what AWS tells from its bills. */
  private standBeside(key: IKey, props: SpendingControlsProps): void {
    const { topic, limit, prices = PriceTable.PUBLISHED, idleOptions: options = {} } = props;
    prices._warn(this);
    const { records, deadLetterQueue } = this, { path: ofRole, permissionsBoundary } = environmentOf(props).names._roleSettings('spending');
    const role = { path: ofRole, permissionsBoundary }, path = environmentOf(props).names.rolePath;
    if (props.idleFindings ?? true) new IdleFindings(this, { topic, records, key, deadLetterQueue, prices, options, role, path });
    if (limit._perMonth !== undefined && (props.monthlyBudget ?? true)) budget(this, topic, limit._perMonth);
    if (props.anomaliesFromUsd !== undefined) anomalies(this, topic, props.anomaliesFromUsd, props.existingAnomalyMonitorArn);
  }

  private meter(role: Role, key: IKey, logGroup: LogGroup, props: SpendingControlsProps): Function {
    const bus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    const policy = new ManagedPolicy(this, 'Policy', {
      description: DESCRIPTION, path: environmentOf(props).names.rolePath, roles: [role], statements: this.statements(key, logGroup, bus, props),
    });
    const made = new Function(this, 'Function', {
      code: Code.fromInline(`globalThis.SPENDING_SETTINGS=${Stack.of(this).toJsonString(settingsOf(this, this.records.bucketName, props))};\n${bundleOf('spending')}`),
      handler: 'index.handler',
      runtime: HANDLER_RUNTIME,
      architecture: Architecture.ARM_64,
      description: DESCRIPTION,
      timeout: Duration.minutes(10),
      memorySize: 512,
      role: role.withoutPolicyUpdates(), // what it may do is in one policy
      logGroup,
      reservedConcurrentExecutions: 1, // a ledger has one writer
      retryAttempts: 0, // the next time counts what this one did not
      maxEventAge: Duration.minutes(1),
      onSuccess: new EventBridgeDestination(bus),
    });
    made.node.addDependency(policy);
    return made;
  }

  private statements(key: IKey, logGroup: LogGroup, bus: IEventBus, props: SpendingControlsProps): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: ['ledger/*', 'reports/*'].map((objects) => this.records.arnForObjects(objects)) }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.records.bucketArn] }), // or S3 says of what is missing that it is denied
      new PolicyStatement({ actions: NOTING, resources: [key.keyArn] }),
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] }),
      ...meteringStatements(this, props),
      ...denyingStatements(props),
    ];
  }

  /** Lambda itself tells EventBridge what the function has answered; what nobody needs to know is left out. */
  private tell(topic: ITopic): void {
    new Rule(this, 'Notifications', {
      description: 'Notifications of spending controls',
      eventPattern: {
        source: ['lambda'],
        detailType: ['Lambda Function Invocation Result - Success'],
        resources: [`${this.function.functionArn}:$LATEST`],
        detail: { responsePayload: { tell: [true] } },
      },
      targets: [new SnsTopic(topic, { message: RuleTargetInput.fromEventPath('$.detail.responsePayload.message'), deadLetterQueue: this.deadLetterQueue })],
    });
  }

  private alarmOfSilence(logGroup: LogGroup, interval: Duration): Alarm {
    const metricNamespace = 'cdk-secure-mlops/spending', metricName = this.node.addr;
    new MetricFilter(this, 'Heartbeat', { logGroup, metricNamespace, metricName, filterPattern: FilterPattern.literal(`"${HEARTBEAT}"`), metricValue: '1' });
    return new Alarm(this, 'Silence', {
      alarmDescription: 'Nothing is metered: spending controls neither count nor deny',
      metric: new Metric({ namespace: metricNamespace, metricName, statistic: 'Sum', period: Duration.minutes(interval.toMinutes() * MISSED) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
