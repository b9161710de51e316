import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BatchInferenceTemplate } from './private/batch-inference-template';
import { BlueprintContext } from './private/blueprint-context';
import { BuildTrainTemplate } from './private/build-train-template';
import { checkCustomTemplate } from './private/custom-template';
import { DeployTemplate } from './private/deploy-template';
import { MonitoringTemplate } from './private/monitoring-template';
import { SeedCode } from './seed-code';
import { EndpointAlarmOptions, EndpointUpdate } from '../endpoints';
import { MonitoringCheck } from '../monitoring';
import { EndpointService } from '../network';
import { SelfContainedTemplate } from '../templates';

/** Options of the blueprint that trains. */
export interface BuildTrainBlueprintOptions {
  /**
   * When a model is trained anew without a change of code, in UTC.
   *
   * @default - only when code changes
   */
  readonly retraining?: Schedule;
}

/** Options of the blueprint that deploys. */
export interface DeployBlueprintOptions {
  /**
   * How endpoints go over to a new model. All at once, whatever is said here, where the stage may have a single instance.
   *
   * @default - a second fleet, to which a canary of the requests goes first
   */
  readonly update?: EndpointUpdate;

  /**
   * What the alarms are about that watch endpoints and roll updates back.
   *
   * @default - errors, latency, and the load of processor, memory and disk
   */
  readonly alarms?: EndpointAlarmOptions;
}

/** Options of the blueprint that infers in batches. */
export interface BatchInferenceBlueprintOptions {
  /**
   * When data is looked at without a new version or a change of code, in UTC.
   *
   * @default - only when a version is approved or code changes
   */
  readonly schedule?: Schedule;
}

/** Options of the blueprint that monitors. */
export interface MonitoringBlueprintOptions {
  /**
   * What is looked at, in every stage that is monitored.
   *
   * @default - data every hour, the quality of answers every day
   */
  readonly checks?: MonitoringCheck[];

  /**
   * Whether training starts when something was found. People name the training project when they launch; what is trained is
   * registered and waits for an approval as ever.
   *
   * @default false
   */
  readonly retraining?: boolean;
}

/** What a project template makes. */
export abstract class ProjectBlueprint {
  /** Trains: a repository with code that works, whose every change on `main` trains, evaluates and registers a model version. */
  public static buildTrain(options: BuildTrainBlueprintOptions = {}): ProjectBlueprint {
    return new BuildTrainBlueprint(options);
  }

  /** Deploys: an approved model version goes to one stage of the environment after the other, and is tested in each. */
  public static deploy(options: DeployBlueprintOptions = {}): ProjectBlueprint {
    return new DeployBlueprint(options);
  }

  /**
   * Infers in batches: the newest approved model version, copied as it was approved, runs over a prefix of the data bucket, in
   * the environment's own account; what comes out is checked before it counts.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
   */
  public static batchInference(options: BatchInferenceBlueprintOptions = {}): ProjectBlueprint {
    return new BatchInferenceBlueprint(options);
  }

  /**
   * Monitors: looks at what the endpoints of a deploy project are asked and answer, in the stages that have
   * `StageMonitoring`, against the baselines of the version that is deployed, and raises alarms.
   */
  public static monitoring(options: MonitoringBlueprintOptions = {}): ProjectBlueprint {
    return new MonitoringBlueprint(options);
  }

  /** A template of your own: a `ProjectTemplate`, or any other with SageMaker's two parameters. */
  public static custom(template: SelfContainedTemplate): ProjectBlueprint {
    return new CustomBlueprint(template);
  }

  /** What repositories of its projects are filled with, unless told otherwise; nothing where a blueprint brings no code. */
  public abstract readonly seedCode?: SeedCode;

  /** Whether its projects have a source of code, which may be chosen. @internal */
  public get _usesSource(): boolean {
    return true;
  }

  /** What its builds, which run in the environment's network, call there. @internal */
  public get _endpoints(): EndpointService[] {
    return [];
  }

  /** Whether its projects run released models over data. @internal */
  public get _infersInBatches(): boolean {
    return false;
  }

  /** Makes the template. @internal */
  public abstract _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate;
}

/** What every build calls: its service, and its logs. */
const BUILDS = [EndpointService.CODEBUILD, EndpointService.LOGS];
/** What builds call that work with models. */
const MODEL_BUILDS = [...BUILDS, EndpointService.SAGEMAKER_API];

class BuildTrainBlueprint extends ProjectBlueprint {
  public readonly seedCode = SeedCode.train();

  public get _endpoints(): EndpointService[] {
    return MODEL_BUILDS;
  }

  constructor(private readonly options: BuildTrainBlueprintOptions) {
    super();
  }

  public _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate {
    return new BuildTrainTemplate(scope, id, { ...context, ...this.options });
  }
}

class DeployBlueprint extends ProjectBlueprint {
  public readonly seedCode = SeedCode.deploy();

  /** Images are copied, and endpoints are asked as a role of their target. */
  public get _endpoints(): EndpointService[] {
    return [...MODEL_BUILDS, EndpointService.ECR_API, EndpointService.STS, EndpointService.SAGEMAKER_RUNTIME];
  }

  constructor(private readonly options: DeployBlueprintOptions) {
    super();
  }

  public _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate {
    return new DeployTemplate(scope, id, { ...context, ...this.options });
  }
}

class BatchInferenceBlueprint extends ProjectBlueprint {
  public readonly seedCode = SeedCode.batchInference();

  constructor(private readonly options: BatchInferenceBlueprintOptions) {
    super();
  }

  public get _infersInBatches(): boolean {
    return true;
  }

  /** Images are copied when a version is released. */
  public get _endpoints(): EndpointService[] {
    return [...MODEL_BUILDS, EndpointService.ECR_API, EndpointService.STS];
  }

  public _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate {
    return new BatchInferenceTemplate(scope, id, { ...context, ...this.options });
  }
}

class MonitoringBlueprint extends ProjectBlueprint {
  public readonly seedCode = SeedCode.monitoring();

  constructor(private readonly options: MonitoringBlueprintOptions) {
    super();
  }

  public get _endpoints(): EndpointService[] {
    return BUILDS;
  }

  public _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate {
    const { checks = [MonitoringCheck.dataQuality(), MonitoringCheck.modelQuality()], retraining: retrains = false } = this.options;
    return new MonitoringTemplate(scope, id, { ...context, checks, retrains });
  }
}

class CustomBlueprint extends ProjectBlueprint {
  public readonly seedCode = undefined;

  constructor(private readonly template: SelfContainedTemplate) {
    super();
  }

  public get _usesSource(): boolean {
    return false;
  }

  public _bind(): SelfContainedTemplate {
    checkCustomTemplate(this.template);
    return this.template;
  }
}
