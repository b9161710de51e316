import { JobContainer } from './job';
import { PipelineValues } from './pipeline-values';
import { Credentials } from '../accounts/aws-api';
import { LocalServices } from '../accounts/variants';
import { REGION } from '../local-aws';

interface Step {
  readonly Name: string;
  readonly Type: string;
  readonly Arguments: Record<string, unknown>;
  readonly PropertyFiles?: { PropertyFileName: string; OutputName: string; FilePath: string }[];
}

interface Definition { readonly Parameters: { Name: string; DefaultValue: string | number }[]; readonly Steps: Step[] }

interface Output {
  readonly OutputName: string;
  readonly S3Output: { readonly S3Uri: string; readonly LocalPath: string };
}

interface Processing {
  readonly AppSpecification: { readonly ContainerEntrypoint: string[] };
  readonly Environment?: Record<string, string>;
  readonly ProcessingInputs: { S3Input: { S3Uri: string; LocalPath: string } }[];
  readonly ProcessingOutputConfig: { readonly KmsKeyId: string; readonly Outputs: Output[] };
  readonly RoleArn: string;
}

interface Training {
  readonly AlgorithmSpecification: { readonly ContainerEntrypoint: string[] };
  readonly HyperParameters: Record<string, string>;
  readonly InputDataConfig: { ChannelName: string; DataSource: { S3DataSource: { S3Uri: string } } }[];
  readonly OutputDataConfig: { readonly S3OutputPath: string; readonly KmsKeyId: string };
  readonly RoleArn: string;
}

/** A job of a tuning step: its image starts what hyper-parameters name. */
interface TryOfMany extends Omit<Training, 'AlgorithmSpecification' | 'HyperParameters'> {
  readonly StaticHyperParameters: Record<string, string>;
}

interface Tuning {
  readonly HyperParameterTuningJobConfig: {
    readonly HyperParameterTuningJobObjective: { readonly Type: 'Minimize' | 'Maximize'; readonly MetricName: string };
    readonly ResourceLimits: { readonly MaxNumberOfTrainingJobs: number };
    readonly ParameterRanges: { readonly IntegerParameterRanges: { Name: string; MinValue: string; MaxValue: string }[] };
  };
  readonly TrainingJobDefinition: TryOfMany;
}

interface Condition { readonly Type: 'LessThanOrEqualTo' | 'GreaterThanOrEqualTo'; readonly LeftValue: number; readonly RightValue: number }

/** A try of a tuning step. */
export interface Try {
  readonly job: string;
  readonly values: Record<string, string>;
  /** What SageMaker reads of the output. */
  readonly metric: number;
}

/** What stands around a pipeline. */
interface Surroundings {
  readonly scene: LocalServices;
  readonly account: string;
  /** Where jobs work. */
  readonly folder: string;
  /** The interpreter that has what images have. */
  readonly python: string;
  /** The network of the jobs. */
  readonly vpc: string;
  readonly pipelineRole: string;
}

/** What an execution has come to. */
export interface Played {
  readonly parameters: Record<string, string | number>;
  readonly tries: Try[];
  /** The version that it has registered. */
  readonly version: string;
}

/**
 * Runs executions of a SageMaker pipeline by the definition that they were started with, as SageMaker does: jobs as the role that
 * the definition names, through the environment's VPC, with what they may read and write; the registry as the pipeline's role.
 */
export class SageMakerPipeline {
  /** Plays an execution to its end. */
  public static async play(at: Surroundings, execution: string): Promise<Played> {
    return new SageMakerPipeline(at, execution).run();
  }

  private readonly tries: Try[] = [];
  private readonly steps: Record<string, unknown> = {};
  private readonly parameters: Record<string, string | number> = {};
  private version?: string;
  private readonly values: PipelineValues;

  private constructor(private readonly at: Surroundings, private readonly execution: string) {
    const [, name, id] = /:pipeline\/([^/]+)\/execution\/(.+)$/.exec(execution)!;
    this.values = new PipelineValues(
      { Parameters: this.parameters, Steps: this.steps, Execution: { PipelineName: name, PipelineExecutionId: id } }, (place) => this.read(place));
  }

  private async run(): Promise<Played> {
    const { at: { scene: { api, aws }, account }, execution } = this, asked = { PipelineExecutionArn: execution };
    const { PipelineDefinition } = await api.call<{ PipelineDefinition: string }>(account, 'sagemaker', 'describe_pipeline_definition_for_execution', asked);
    const { PipelineParameters } = await api.call<{ PipelineParameters: { Name: string; Value: string }[] }>(account, 'sagemaker', 'list_pipeline_parameters_for_execution', asked);
    const { Parameters, Steps } = JSON.parse(PipelineDefinition) as Definition;
    for (const { Name, DefaultValue } of Parameters) this.parameters[Name] = DefaultValue;
    for (const { Name, Value } of PipelineParameters) this.parameters[Name] = Value;
    const ended = (status: string, reason?: string) => aws.tell('execution-ended', { execution, status, reason }, account);
    try {
      await this.all(Steps);
      await ended('Succeeded');
    } catch (error) {
      await ended('Failed', (error as Error).message);
      throw error;
    }
    return { parameters: this.parameters, tries: this.tries, version: this.version! };
  }

  private async all(steps: Step[]): Promise<void> {
    for (const step of steps) {
      await this.play(step).catch((error: Error) => { throw new Error(`the step ${step.Name}: ${error.message}`); });
    }
  }

  private async play({ Name, Type, Arguments, PropertyFiles = [] }: Step): Promise<void> {
    switch (Type) {
      case 'Processing': return this.process(Name, await this.values.of(Arguments), PropertyFiles);
      case 'Training': return this.trainOnce(Name, await this.values.of(Arguments));
      case 'Tuning': return this.tune(Name, await this.values.of(Arguments));
      case 'RegisterModel': return this.register(await this.values.of(Arguments));
      case 'Fail': throw new Error((await this.values.of<{ ErrorMessage: string }>(Arguments)).ErrorMessage);
      case 'Condition': {
        const conditions = await this.values.of<Condition[]>(Arguments.Conditions);
        const holds = conditions.every((one) => (one.Type === 'LessThanOrEqualTo' ? one.LeftValue <= one.RightValue : one.LeftValue >= one.RightValue));
        return this.all((holds ? Arguments.IfSteps : Arguments.ElseSteps) as Step[]);
      }
      default: throw new Error(`nobody plays ${Type}`);
    }
  }

  private async process(name: string, job: Processing, files: NonNullable<Step['PropertyFiles']>): Promise<void> {
    const container = await this.container(job.RoleArn), { KmsKeyId, Outputs } = job.ProcessingOutputConfig;
    for (const { S3Input: { S3Uri, LocalPath } } of job.ProcessingInputs) await container.bring(S3Uri, LocalPath);
    await container.run(job.AppSpecification.ContainerEntrypoint, job.Environment);
    for (const { S3Output: { S3Uri, LocalPath } } of Outputs) await container.keep(LocalPath, S3Uri, KmsKeyId);
    const outputs = Object.fromEntries(Outputs.map((one) => [one.OutputName, one]));
    this.steps[name] = {
      ProcessingOutputConfig: { Outputs: outputs },
      PropertyFiles: Object.fromEntries(files.map(({ PropertyFileName, OutputName, FilePath }) => [PropertyFileName, `${outputs[OutputName].S3Output.S3Uri}/${FilePath}`])),
    };
  }

  /** Values that lie evenly in their ranges, as many as there are jobs; where SageMaker looks for better ones, this does not. */
  private async tune(name: string, { HyperParameterTuningJobConfig: asked, TrainingJobDefinition: definition }: Tuning): Promise<void> {
    const { Type, MetricName } = asked.HyperParameterTuningJobObjective, jobs = asked.ResourceLimits.MaxNumberOfTrainingJobs;
    for (let number = 0; number < jobs; number++) {
      const values = Object.fromEntries(asked.ParameterRanges.IntegerParameterRanges.map(({ Name, MinValue, MaxValue }) =>
        [Name, String(Math.round(Number(MinValue) + (Number(MaxValue) - Number(MinValue)) * number / Math.max(1, jobs - 1)))]));
      const job = `${this.execution.slice(-12)}-${name}-${number + 1}`;
      const given = { ...definition.StaticHyperParameters, ...values };
      const [program, directory] = [given.sagemaker_program, given.sagemaker_submit_directory].map((said) => JSON.parse(said) as string);
      const output = await this.train(job, definition, given, ['bash', '-c', `cd ${directory} && python3 ${program}`]);
      // As XGBoost prints: SageMaker knows its image.
      const metric = Number(new RegExp(`${MetricName.replace(':', '-')}:(\\S+)`).exec(output)![1]);
      this.tries.push({ job, values, metric });
    }
    const better = (one: Try, other: Try) => (Type === 'Minimize' ? one.metric < other.metric : one.metric > other.metric);
    const best = this.tries.reduce((found, one) => (better(one, found) ? one : found));
    this.steps[name] = { BestTrainingJob: { TrainingJobName: best.job } };
  }

  private async trainOnce(name: string, definition: Training): Promise<void> {
    const job = `${this.execution.slice(-12)}-${name}`;
    await this.train(job, definition, definition.HyperParameters, definition.AlgorithmSpecification.ContainerEntrypoint);
    this.steps[name] = { ModelArtifacts: { S3ModelArtifacts: `${definition.OutputDataConfig.S3OutputPath}/${job}/output/model.tar.gz` } };
  }

  private async train(job: string, definition: Omit<TryOfMany, 'StaticHyperParameters'>, given: Record<string, string>, command: string[]): Promise<string> {
    const container = await this.container(definition.RoleArn), { S3OutputPath, KmsKeyId } = definition.OutputDataConfig;
    for (const { ChannelName, DataSource: { S3DataSource: { S3Uri } } } of definition.InputDataConfig) await container.bring(S3Uri, `/opt/ml/input/data/${ChannelName}`);
    container.write('/opt/ml/input/config/hyperparameters.json', given);
    const output = await container.run(command);
    await container.keepModel('/opt/ml/model', `${S3OutputPath}/${job}/output/model.tar.gz`, KmsKeyId);
    return output;
  }

  private async register(version: object): Promise<void> {
    const { ModelPackageArn } = await this.at.scene.api.call<{ ModelPackageArn: string }>(await this.become(this.at.pipelineRole), 'sagemaker', 'create_model_package', version);
    this.version = ModelPackageArn;
  }

  /** SageMaker reads property files with the pipeline's role, from its own network. */
  private async read(place: string): Promise<unknown> {
    const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(place)!;
    const { Body } = await this.at.scene.api.call<{ Body: string }>(await this.become(this.at.pipelineRole), 's3', 'get_object', { Bucket, Key });
    return JSON.parse(Body);
  }

  private async container(role: string): Promise<JobContainer> {
    return new JobContainer(this.at.scene, await this.become(role, this.at.vpc), this.at.python, this.at.folder);
  }

  private become(role: string, vpc?: string): Promise<Credentials> {
    const { scene, account } = this.at;
    return scene.aws.become(account, { service: 'sagemaker.amazonaws.com', source: `arn:aws:sagemaker:${REGION}:${account}:*`, role, vpc });
  }
}
