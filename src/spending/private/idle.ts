import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EventBus, Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Effect, ManagedPolicy, PolicyStatement, Role, RoleProps, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Architecture, Code, Function } from 'aws-cdk-lib/aws-lambda';
import { EventBridgeDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { IDLE_FINDINGS } from './acknowledgements';
import { ACTING } from './idle-input';
import { acknowledge } from '../../private/acknowledgements';
import { arnIn } from '../../private/arn';
import { bundleOf } from '../../private/bundles';
import { HANDLER_RUNTIME } from '../../private/inline-handler';
import { NOTING } from '../../private/locked-bucket';
import { IdleOptions } from '../idle-options';
import { PriceTable } from '../prices/price-table';

const DESCRIPTION = 'Finds what nobody uses';

const LISTED = ['Endpoints', 'InferenceComponents', 'Apps', 'Spaces', 'NotebookInstances', 'MlflowTrackingServers'];
const DESCRIBED: Record<string, string> = {
  'endpoint': 'Endpoint', 'endpoint-config': 'EndpointConfig', 'app': 'App', 'notebook-instance': 'NotebookInstance', 'mlflow-tracking-server': 'MlflowTrackingServer',
};

/** Jobs, whose instances count against quotas. */
const JOBS: Record<string, string> = { 'training-job': 'TrainingJob', 'processing-job': 'ProcessingJob', 'transform-job': 'TransformJob' };

/** Where findings go. */
export interface IdleProps {
  readonly topic: ITopic;
  readonly records: IBucket;
  readonly key: IKey;
  readonly deadLetterQueue: IQueue;
  readonly prices: PriceTable;
  readonly options: IdleOptions;
  /** As the company asks of the environment's own roles. */
  readonly role: Pick<RoleProps, 'path' | 'permissionsBoundary'>;
  /** Path of policies. */
  readonly path?: string;
}

/** A function that looks once a day for what nobody has used. */
export class IdleFindings extends Construct {
  constructor(scope: Construct, private readonly props: IdleProps) {
    super(scope, 'Idle');
    acknowledge(this, IDLE_FINDINGS);
    const { key, topic, deadLetterQueue } = props;
    const role = new Role(this, 'Role', { ...props.role, assumedBy: new ServicePrincipal('lambda.amazonaws.com'), description: DESCRIPTION });
    const used = new PolicyStatement({ sid: 'UsedByIdleFindings', principals: [role], actions: NOTING, resources: ['*'] }); // in a key policy: this key
    if (Stack.of(key) === Stack.of(this)) key.addToResourcePolicy(used);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/cdk-secure-mlops/idle/${Stack.of(this).stackName}/${this.node.addr}`,
      encryptionKey: key,
      retention: RetentionDays.ONE_YEAR,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const bus = EventBus.fromEventBusName(this, 'DefaultBus', 'default');
    const policy = new ManagedPolicy(this, 'Policy', {
      description: DESCRIPTION, path: props.path, roles: [role], statements: this.statements(logGroup.logGroupArn, bus.eventBusArn),
    });
    const made = new Function(this, 'Function', {
      code: Code.fromInline(`globalThis.IDLE_SETTINGS=${Stack.of(this).toJsonString(this.settings())};\n${bundleOf('idle')}`),
      handler: 'index.handler',
      runtime: HANDLER_RUNTIME,
      architecture: Architecture.ARM_64,
      description: DESCRIPTION,
      timeout: Duration.minutes(10),
      memorySize: 256,
      role: role.withoutPolicyUpdates(), // what it may do is in one policy
      logGroup,
      reservedConcurrentExecutions: 1, // it remembers what it has seen
      retryAttempts: 1,
      onFailure: new SqsDestination(deadLetterQueue),
      onSuccess: new EventBridgeDestination(bus),
    });
    made.node.addDependency(policy);
    new Rule(this, 'Schedule', { description: DESCRIPTION, schedule: Schedule.cron({ minute: '0', hour: '6' }), targets: [new LambdaFunction(made, { deadLetterQueue })] });
    new Rule(this, 'Notifications', {
      description: 'Notifications of what nobody uses',
      eventPattern: {
        source: ['lambda'],
        detailType: ['Lambda Function Invocation Result - Success'],
        resources: [`${made.functionArn}:$LATEST`],
        detail: { responsePayload: { tell: [true] } },
      },
      targets: [new SnsTopic(topic, { message: RuleTargetInput.fromEventPath('$.detail.responsePayload.message'), deadLetterQueue })],
    });
  }

  private statements(logGroup: string, bus: string): PolicyStatement[] {
    const { records, key, deadLetterQueue, options: { enforcedActions = [], allowList = [], quotaFindings = true } } = this.props;
    const all = (kind: string) => arnIn(this, 'sagemaker', `${kind}/*`);
    const acting = Object.entries(ACTING).flatMap(([kind, one]) => (
      one !== undefined && enforcedActions.includes(one.action) ? [{ kind, call: one.call }] : []
    ));
    return [
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup] }),
      new PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject'], resources: [records.arnForObjects('idle/*')] }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [records.bucketArn] }), // or S3 says of what is missing that it is denied
      new PolicyStatement({ actions: NOTING, resources: [key.keyArn] }),
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [deadLetterQueue.queueArn] }),
      new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus] }),
      // SageMaker lists for the account as a whole, and CloudWatch takes no resource for metrics.
      new PolicyStatement({ actions: [...LISTED.map((what) => `sagemaker:List${what}`), 'cloudwatch:GetMetricData'], resources: ['*'] }),
      ...Object.entries({ ...DESCRIBED, ...quotaFindings && JOBS }).map(([kind, what]) => new PolicyStatement({ actions: [`sagemaker:Describe${what}`], resources: [all(kind)] })),
      // The service authorization reference has no resource type and no condition key for the list of quotas.
      ...quotaFindings ? [new PolicyStatement({ actions: [...Object.values(JOBS).map((job) => `sagemaker:List${job}s`), 'servicequotas:ListServiceQuotas'], resources: ['*'] })] : [],
      ...acting.map(({ kind, call }) => new PolicyStatement({ actions: [call], resources: [all(kind)] })),
      ...allowList.length === 0 || acting.length === 0 ? []
        : [new PolicyStatement({ effect: Effect.DENY, actions: acting.map(({ call }) => call), resources: allowList })],
    ];
  }

  /** As the handler reads them: `src/handlers/idle/settings.ts`. */
  private settings(): object {
    const { records, prices: { values: { currency, perHour, perGbMonth } }, options } = this.props, { partition, region, account } = Stack.of(this);
    const { endpoint, app, notebook, mlflow } = perHour;
    return {
      days: (options.unusedFor ?? Duration.days(7)).toDays(),
      enforced: options.enforcedActions ?? [],
      allowList: options.allowList ?? [],
      prices: { currency, perHour: { endpoint, app, notebook, mlflow }, perGbMonth },
      quotaPercentage: options.quotaFindings ?? true ? options.quotaPercentage ?? 80 : undefined,
      records: records.bucketName,
      partition,
      region,
      account,
    };
  }
}
