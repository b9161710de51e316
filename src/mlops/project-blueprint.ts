import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { checkRequired, like } from '../private/required-input';
import { BatchInferenceTemplate } from './private/batch-inference-template';
import { BlueprintContext } from './private/blueprint-context';
import { BuildTrainTemplate } from './private/build-train-template';
import { checkCustomTemplate } from './private/custom-template';
import { DeployTemplate } from './private/deploy-template';
import { ImageBuildTemplate } from './private/image-build-template';
import { MonitoringTemplate } from './private/monitoring-template';
import { SeedCode } from './seed-code';
import { EndpointAlarmOptions, EndpointUpdate } from '../endpoints';
import { MonitoringCheck } from '../monitoring';
import { EndpointService } from '../network';
import { SelfContainedTemplate } from '../templates';

/** Options of a blueprint whose pipeline also runs on a schedule. */
export interface ScheduledBlueprintOptions {
  /**
   * Schedule, in UTC, of runs without a change of code or a new model version.
   *
   * @default - no schedule, only changes of code start training, and with approved model versions batch inference
   */
  readonly schedule?: Schedule;
}

/** Options of the blueprint that deploys models. */
export interface DeployBlueprintOptions {
  /**
   * Strategy of endpoint updates.
   *
   * A stage that may have a single instance shifts all traffic at once in any case.
   *
   * @default - a blue/green update with canary traffic shifting
   */
  readonly update?: EndpointUpdate;

  /**
   * Settings of the alarms that watch endpoints and roll updates back.
   *
   * @default - errors, latency, and utilization of CPU, memory and disk
   */
  readonly alarms?: EndpointAlarmOptions;
}

/** Options of the blueprint that monitors models. */
export interface MonitoringBlueprintOptions {
  /**
   * Checks in every stage that is monitored.
   *
   * @default - data quality every hour, model quality every day
   */
  readonly checks?: MonitoringCheck[];

  /**
   * Start of training after a violation.
   *
   * Users name the training project when they launch the project. The new model version is registered and waits for an approval as
   * any other.
   *
   * @default false
   */
  readonly retraining?: boolean;
}

/** What every build calls: its service, and its logs. */
const BUILDS = [EndpointService.CODEBUILD, EndpointService.LOGS];
/** What builds call that work with models. */
const MODEL_BUILDS = [...BUILDS, EndpointService.SAGEMAKER_API];

/** What one blueprint has beside the others. */
interface Blueprint {
  /** What repositories are filled with; a blueprint without takes no source of code. */
  readonly seedCode?: SeedCode;
  readonly endpoints: EndpointService[];
  readonly infersInBatches?: boolean;
  readonly buildsImages?: boolean;
  readonly bind: (scope: Construct, id: string, context: BlueprintContext) => SelfContainedTemplate;
}

/** Blueprint of a project template, which decides which resources a project has. */
export class ProjectBlueprint {
  /** A repository with working code, of which each change on `main` trains, evaluates and registers a model version. */
  public static buildTrain(options: ScheduledBlueprintOptions = {}): ProjectBlueprint {
    return new ProjectBlueprint({
      seedCode: SeedCode.train(),
      endpoints: MODEL_BUILDS,
      bind: (scope, id, context) => new BuildTrainTemplate(scope, id, {
        ...context, ...options, purpose: 'Trains, evaluates and registers a model whenever its code changes',
      }),
    });
  }

  /**
   * A repository with working code, of which each change on `main` fine-tunes a language model of a private bucket by low-rank
   * adapters (LoRA), evaluates it against its base model on held-out examples, and registers a model version.
   *
   * The version is deployed as any other. Jobs and endpoints have no way to Hugging Face.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/hugging-face.html
   */
  public static fineTune(options: ScheduledBlueprintOptions = {}): ProjectBlueprint {
    return new ProjectBlueprint({
      seedCode: SeedCode.fineTune(),
      endpoints: MODEL_BUILDS,
      bind: (scope, id, context) => new BuildTrainTemplate(scope, id, {
        ...context, ...options, purpose: 'Fine-tunes, evaluates and registers a language model whenever its code changes',
      }),
    });
  }

  /** A pipeline that deploys approved model versions to the stages of the environment one after the other, with a test in each. */
  public static deploy(options: DeployBlueprintOptions = {}): ProjectBlueprint {
    return new ProjectBlueprint({
      seedCode: SeedCode.deploy(),
      // Images are copied, and endpoints are asked as a role of their target.
      endpoints: [...MODEL_BUILDS, EndpointService.ECR_API, EndpointService.STS, EndpointService.SAGEMAKER_RUNTIME],
      bind: (scope, id, context) => new DeployTemplate(scope, id, { ...context, ...options }),
    });
  }

  /**
   * A pipeline that runs the newest approved model version over a prefix of the data bucket by batch transform.
   *
   * It runs in the environment's own account, with a copy of the version as it was approved. Outputs are checked before they count.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/batch-transform.html
   */
  public static batchInference(options: ScheduledBlueprintOptions = {}): ProjectBlueprint {
    return new ProjectBlueprint({
      seedCode: SeedCode.batchInference(),
      endpoints: [...MODEL_BUILDS, EndpointService.ECR_API, EndpointService.STS], // images are copied when a version is released
      infersInBatches: true,
      bind: (scope, id, context) => new BatchInferenceTemplate(scope, id, { ...context, ...options }),
    });
  }

  /**
   * Monitors that compare the captured data of a deploy project's endpoints with the baselines of the deployed version.
   *
   * They run in the stages that have `monitoring`, and raise alarms.
   */
  public static monitoring(options: MonitoringBlueprintOptions = {}): ProjectBlueprint {
    const { checks = [MonitoringCheck.dataQuality(), MonitoringCheck.modelQuality()], retraining: retrains = false } = options;
    return new ProjectBlueprint({
      seedCode: SeedCode.monitoring(),
      endpoints: BUILDS,
      bind: (scope, id, context) => new MonitoringTemplate(scope, id, { ...context, checks, retrains }),
    });
  }

  /**
   * A repository with a Dockerfile, of which each change on `main` builds a container image for jobs and Studio.
   *
   * The image is scanned, and nothing is released whose findings are as severe as the repository says, or that cannot be scanned.
   *
   * @param schedule schedule, in UTC, on which the image is built without a change of code, none by default
   * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
   */
  public static imageBuild(schedule?: Schedule): ProjectBlueprint {
    return new ProjectBlueprint({
      seedCode: SeedCode.imageBuild(),
      endpoints: [...BUILDS, EndpointService.ECR_API, EndpointService.ECR_DOCKER],
      buildsImages: true,
      bind: (scope, id, context) => new ImageBuildTemplate(scope, id, { ...context, schedule }),
    });
  }

  /** A template of your own: a `ProjectTemplate`, or any other with the two parameters of SageMaker. */
  public static custom(template: SelfContainedTemplate): ProjectBlueprint {
    checkRequired('ProjectBlueprint.custom', { template }, { template: like<SelfContainedTemplate>('templateText', 'a template, such as a ProjectTemplate') });
    return new ProjectBlueprint({
      endpoints: [],
      bind: () => {
        checkCustomTemplate(template);
        return template;
      },
    });
  }

  /** Initial content of the repositories of projects, undefined where the blueprint has no code. */
  public readonly seedCode?: SeedCode;

  private constructor(private readonly blueprint: Blueprint) {
    this.seedCode = blueprint.seedCode;
  }

  /** Whether its projects have a source of code, which may be chosen. @internal */
  public get _usesSource(): boolean {
    return this.seedCode !== undefined;
  }

  /** What its builds, which run in the environment's network, call there. @internal */
  public get _endpoints(): EndpointService[] {
    return this.blueprint.endpoints;
  }

  /** Whether its projects run released models over data. @internal */
  public get _infersInBatches(): boolean {
    return this.blueprint.infersInBatches ?? false;
  }

  /** Whether its projects build container images. @internal */
  public get _buildsImages(): boolean {
    return this.blueprint.buildsImages ?? false;
  }

  /** Makes the template. @internal */
  public _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate {
    return this.blueprint.bind(scope, id, context);
  }
}
