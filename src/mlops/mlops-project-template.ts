import { Construct } from 'constructs';
import { ProjectBlueprint } from './project-blueprint';
import { projectEnvironmentOf } from './project-environment';
import { SeedCode } from './seed-code';
import { SourceRepository } from './source-repository';
import { TemplateDelivery } from './template-delivery';
import { InputCheck } from '../private/input-check';
import { IDataScienceEnvironment } from '../stages';
import { SelfContainedTemplate } from '../templates';

/** Options of a project template. */
export interface ProjectTemplateOptions {
  /** Blueprint that decides which resources a project has. */
  readonly blueprint: ProjectBlueprint;

  /**
   * Repository of the source code of projects.
   *
   * @default SourceRepository.codeCommit()
   */
  readonly source?: SourceRepository;

  /**
   * Initial content of the repositories of new projects.
   *
   * @default - the seed code of the blueprint
   */
  readonly seedCode?: SeedCode;

  /**
   * Delivery of the template to Studio.
   *
   * @default TemplateDelivery.serviceCatalog()
   */
  readonly delivery?: TemplateDelivery;

  /**
   * Name of the template in the console, up to 100 characters.
   *
   * @default - the id of the construct
   */
  readonly displayName?: string;

  /**
   * Description of the template in the console, up to 1,024 bytes.
   *
   * @default - a description of the blueprint
   */
  readonly description?: string;
}

/** What builds of a template fetch. */
const PART = { folder: 'parts', contentType: 'application/json' };

/** Properties of a project template. */
export interface MlopsProjectTemplateProps extends ProjectTemplateOptions {
  /** The environment whose users launch the template, which must be a `DataScienceEnvironment` of this app. */
  readonly environment: IDataScienceEnvironment;
}

/**
 * A project template that users launch in Studio.
 *
 * Another blueprint or another version of this library makes a new version of the template. Existing projects stay as they are.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects.html
 */
export class MlopsProjectTemplate extends Construct {
  /** The CloudFormation template. */
  public readonly template: SelfContainedTemplate;
  /** ARN of the Service Catalog product, where the template is delivered as one. */
  public readonly productArn?: string;
  /** URL of the template, where it is delivered from an S3 bucket. */
  public readonly templateUrl?: string;

  constructor(scope: Construct, id: string, props: MlopsProjectTemplateProps) {
    super(scope, id);
    const { blueprint, description, displayName = id } = props;
    const { source = SourceRepository.codeCommit(), delivery = TemplateDelivery.serviceCatalog() } = props;
    const seedCode = props.seedCode ?? blueprint.seedCode;
    new InputCheck(this)
      .that('displayName', displayName, (name) => name.length >= 1 && name.length <= 100, 'have 1–100 characters')
      .that('description', description, (text) => Buffer.byteLength(text) <= 1024, 'have at most 1024 bytes')
      .that('source', props.source, () => blueprint._usesSource, 'not be given for a template of your own', 'It says itself where code is')
      .that('seedCode', props.seedCode, () => blueprint._usesSource, 'not be given for a template of your own', 'Publish what it needs beside it')
      .that('seedCode', props.seedCode, () => source.isSeeded, 'not be given for a repository that exists already', 'Put the code there yourself')
      .throwIfInvalid();
    const environment = projectEnvironmentOf(this, props.environment), foundation = environment._projectFoundation(blueprint);
    this.template = blueprint._bind(this, 'Content', {
      names: foundation.names,
      deploymentStages: foundation.deploymentStages,
      tracksRuns: foundation.tracksRuns,
      signsImages: foundation.roles._signsImages,
      description,
      source,
      seedKey: seedCode !== undefined && source.isSeeded ? foundation._seed(seedCode) : undefined,
      publishProgram: (name) => foundation._program(name),
      publishMonitor: () => foundation._monitor(),
      publishText: (name, content) => foundation._publisher.publish(this, name, { ...PART, name, content }),
      publishTemplate: (name, { templateBody: content }) => foundation._publisher.publish(this, name, { ...PART, name, content }),
    });
    const carried = this.node.findAll().filter((node): node is SelfContainedTemplate => node instanceof SelfContainedTemplate);
    for (const template of new Set([this.template, ...carried])) foundation._signs(template);
    if (blueprint._usesSource) foundation._opens(source);
    foundation._requires([...blueprint._endpoints, ...blueprint._usesSource ? source._source.endpoints : []], `the project template '${displayName}'`);
    const launchable = delivery._deliver(this, {
      foundation,
      template: this.template,
      name: displayName,
      description: description ?? this.template.templateOptions.description ?? displayName,
      owner: foundation.provider,
    });
    this.productArn = launchable.productArn;
    this.templateUrl = launchable.templateUrl;
    environment._offer(launchable);
  }
}
