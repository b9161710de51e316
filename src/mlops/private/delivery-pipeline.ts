import { Artifact, ExecutionMode, IStage, Pipeline, PipelineType, StageOptions, Variable } from 'aws-cdk-lib/aws-codepipeline';
import { EventPattern, IRuleTarget, Rule, RuleProps, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { CodePipeline as StartPipeline } from 'aws-cdk-lib/aws-events-targets';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { NamedBucket } from './named-bucket';
import { EnvironmentParameter, EnvironmentRole } from '../../names';
import { ProjectTemplate } from '../project-template';
import { BoundSource } from '../source-repository';

/** What a delivery pipeline of a project is made of. */
export interface DeliveryPipelineProps {
  /** What the pipeline is called after the project. */
  readonly what: string;
  readonly source: BoundSource;
}

/** A delivery pipeline of a project: runs as the environment's role, starts when the source changes. */
export class DeliveryPipeline extends Construct {
  /** The content of the repository. */
  public readonly code = new Artifact('Code');
  private readonly pipeline: Pipeline;

  constructor(private readonly template: ProjectTemplate, id: string, props: DeliveryPipelineProps) {
    super(template, id);
    const { names } = template;
    this.pipeline = new Pipeline(this, 'Resource', {
      pipelineName: template.nameOf(props.what),
      pipelineType: PipelineType.V2,
      executionMode: ExecutionMode.QUEUED, // one version after the other: none is overtaken half-way
      role: Role.fromRoleArn(this, 'Role', names.roleArn(EnvironmentRole.CODE_PIPELINE), { mutable: false }),
      usePipelineRoleForActions: true,
      artifactBucket: new NamedBucket(this, 'Artifacts', {
        bucketName: template.fromEnvironment(EnvironmentParameter.ARTIFACTS_BUCKET),
        encryptionKey: Key.fromKeyArn(this, 'ArtifactsKey', template.fromEnvironment(EnvironmentParameter.ARTIFACTS_KEY_ARN)),
      }),
    });
    this.pipeline.addStage({ stageName: 'Source', actions: [props.source.action(this.code)] });
    if (props.source.changes) this.startOn('Push', 'push', props.source.changes);
  }

  public addStage(options: StageOptions): IStage {
    return this.pipeline.addStage(options);
  }

  /** Starts the pipeline when something happens. */
  public startOn(id: string, what: string, eventPattern: EventPattern): void {
    this.start(id, what, { eventPattern });
  }

  /**
   * Starts the pipeline when something happens that AWS may tell of more than once: its builds hear in a variable what has
   * started them, and may find that it was done already.
   *
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-what-is-how-it-works-concepts.html
   */
  public startOnRepeatable(id: string, what: string, eventPattern: EventPattern): void {
    this.pipeline.addVariable(new Variable({ variableName: STARTED_BY, defaultValue: 'change', description: 'What has started the pipeline' }));
    this.start(id, what, { eventPattern }, RuleTargetInput.fromObject({ variables: [{ name: STARTED_BY, value: what }] }));
  }

  /** Starts the pipeline again and again. */
  public repeat(schedule: Schedule): void {
    this.start('Schedule', 'schedule', { schedule });
  }

  private start(id: string, what: string, when: RuleProps, input?: RuleTargetInput): void {
    const eventRole = Role.fromRoleArn(this, `${id}Role`, this.template.names.roleArn(EnvironmentRole.EVENTS), { mutable: false });
    const start = new StartPipeline(this.pipeline, { eventRole });
    const deadLetterConfig = { arn: this.template._undeliveredEventsQueueArn };
    // The CDK's own target hands on no variables, and would write a policy for a queue that is the environment's.
    const target: IRuleTarget = { bind: (rule, targetId) => ({ ...start.bind(rule, targetId), input, deadLetterConfig }) };
    new Rule(this, id, { ...when, ruleName: this.template.shortNameOf(what), targets: [target] });
  }
}

/** The variable that says what has started a pipeline. */
const STARTED_BY = 'STARTED_BY';
/** Its value, as actions are told it. */
export const STARTER = `#{variables.${STARTED_BY}}`;
