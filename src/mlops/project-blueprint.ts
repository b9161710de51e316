import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { BlueprintContext } from './private/blueprint-context';
import { BuildTrainTemplate } from './private/build-train-template';
import { checkCustomTemplate } from './private/custom-template';
import { DeployTemplate } from './private/deploy-template';
import { SeedCode } from './seed-code';
import { EndpointAlarmOptions, EndpointUpdate } from '../deployment';
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
   * How endpoints go over to a new model.
   *
   * @default EndpointUpdate.blueGreen()
   */
  readonly update?: EndpointUpdate;

  /**
   * What the alarms are about that watch endpoints and roll updates back.
   *
   * @default - errors, latency, and the load of processor, memory and disk
   */
  readonly alarms?: EndpointAlarmOptions;
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

  /** Makes the template. @internal */
  public abstract _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate;
}

/** What every build calls: its service, its logs, and SageMaker. */
const BUILDS = [EndpointService.CODEBUILD, EndpointService.LOGS, EndpointService.SAGEMAKER_API];

class BuildTrainBlueprint extends ProjectBlueprint {
  public readonly seedCode = SeedCode.train();

  public get _endpoints(): EndpointService[] {
    return BUILDS;
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
    return [...BUILDS, EndpointService.ECR_API, EndpointService.STS, EndpointService.SAGEMAKER_RUNTIME];
  }

  constructor(private readonly options: DeployBlueprintOptions) {
    super();
  }

  public _bind(scope: Construct, id: string, context: BlueprintContext): SelfContainedTemplate {
    return new DeployTemplate(scope, id, { ...context, ...this.options });
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
