import { CfnParameter, Fn, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { EnvironmentParameter, EnvironmentNames } from '../names';
import { NAMES } from '../names/kinds';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { pascalCase } from '../private/pascal-case';
import { checkRequired } from '../private/required-input';
import { SelfContainedTemplate } from '../templates';
import { PROJECT_TEMPLATE } from './private/acknowledgements';

/** Properties of the CloudFormation template of a project. */
export interface ProjectTemplateProps {
  /** The names of the environment of the projects, from which their resources are named. */
  readonly names: EnvironmentNames;

  /**
   * Description of the template.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Restriction of project names to lower case, for resources that are named after the project and allow nothing else.
   *
   * @default false
   */
  readonly lowerCaseNames?: boolean;
}

/** SageMaker's longest project id. */
const LONGEST_ID = 20;
/** SageMaker's longest name of a model package group, which project name and id are parts of. */
const LONGEST_GROUP_NAME = 63;

/**
 * The CloudFormation template of a SageMaker project, which is launched from Studio.
 *
 * Whoever launches it sets the project's name, and SageMaker sets the id. Everything else comes from the Systems Manager parameters
 * of the environment. All resources have the project's tags and are named `<environment>--<project>-<project id>…`, which the
 * launch role may create.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html
 */
export class ProjectTemplate extends SelfContainedTemplate {
  /** Name of SageMaker's parameter for the project's name. */
  public static readonly PROJECT_NAME = 'SageMakerProjectName';
  /** Name of SageMaker's parameter for the project's id. */
  public static readonly PROJECT_ID = 'SageMakerProjectId';

  /** The project's name, a token. */
  public readonly projectName: string;
  /** The project's id, a token. */
  public readonly projectId: string;
  /** The names of the environment. */
  public readonly names: EnvironmentNames;

  private readonly storedParameters = new Map<string, CfnParameter>();

  constructor(scope: Construct, id: string, props: ProjectTemplateProps) {
    checkRequired(`${scope.node.path}/${id}`, props, { names: NAMES });
    super(scope, id, { description: props.description });
    acknowledge(this, PROJECT_TEMPLATE);
    const { names } = props;
    this.names = names;
    const word = props.lowerCaseNames ? '[a-z0-9]' : '[a-zA-Z0-9]';
    const maxLength = Math.min(32, LONGEST_GROUP_NAME - names.projectPrefix.length - 1 - LONGEST_ID);
    this.projectName = this.addParameter(ProjectTemplate.PROJECT_NAME, {
      group: 'Project',
      label: 'Project name',
      description: 'Name of the project',
      minLength: 1,
      maxLength,
      allowedPattern: props.lowerCaseNames ? `${word}+(-${word}+)*` : `${word}(-*${word})*`,
      constraintDescription: `1-${maxLength} ${props.lowerCaseNames ? 'lower-case letters' : 'letters'}, digits and hyphens in between`,
    }).valueAsString;
    this.projectId = this.addParameter(ProjectTemplate.PROJECT_ID, {
      group: 'Project',
      label: 'Project id',
      description: 'Id of the project: SageMaker gives it',
      minLength: 1,
      maxLength: LONGEST_ID,
      allowedPattern: '[a-zA-Z0-9](-*[a-zA-Z0-9])*',
    }).valueAsString;
    Tags.of(this).add('sagemaker:project-name', this.projectName);
    Tags.of(this).add('sagemaker:project-id', this.projectId);
    Tags.of(this).add('sagemaker:domain-arn', this.domainArn);
    Tags.of(this).add('environment', names.environmentName);
  }

  /** ARN of the Studio domain, a token. */
  public get domainArn(): string {
    return this.fromEnvironment(EnvironmentParameter.DOMAIN_ARN);
  }

  /** Returns a name that the launch role may use: `<environment>--<project>-<project id>` and a suffix. */
  public nameOf(what?: string): string {
    return `${this.names.projectPrefix}${this.projectName}-${this.projectId}${what === undefined ? '' : `-${what}`}`;
  }

  /** Returns a name without the project's name, for resources whose names may have fewer characters. */
  public shortNameOf(what: string): string {
    return `${this.names.projectPrefix}${this.projectId}-${what}`;
  }

  /**
   * Returns the value of a Systems Manager parameter of the environment, read when the project is launched or updated.
   *
   * @returns a token
   * @throws where the parameter holds a list
   */
  public fromEnvironment(parameter: EnvironmentParameter): string {
    return this.stored(parameter, false).valueAsString;
  }

  /**
   * Returns the list of a Systems Manager parameter of the environment, read when the project is launched or updated.
   *
   * @returns a token
   * @throws where the parameter holds no list
   */
  public listFromEnvironment(parameter: EnvironmentParameter): string[] {
    return this.stored(parameter, true).valueAsList;
  }

  /** Returns the list of a Systems Manager parameter of the environment as one string, separated by commas. */
  public joinedFromEnvironment(parameter: EnvironmentParameter): string {
    return Fn.join(',', this.listFromEnvironment(parameter));
  }

  /** ARN of the queue that keeps what rules of the project could not deliver: a token. @internal */
  public get _undeliveredEventsQueueArn(): string {
    return this.fromEnvironment(EnvironmentParameter.UNDELIVERED_EVENTS_QUEUE_ARN);
  }

  /** The log group of a build, encrypted with the environment's key. It goes with the project. @internal */
  public _buildLogs(id: string, buildName: string): CfnLogGroup {
    const logs = new CfnLogGroup(this, id, {
      logGroupName: `/aws/codebuild/${buildName}`, retentionInDays: 90, kmsKeyId: this.fromEnvironment(EnvironmentParameter.LOGS_KEY_ARN),
    });
    logs.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return logs;
  }

  private stored(parameter: EnvironmentParameter, asList: boolean): CfnParameter {
    const { path, isList } = parameter;
    new InputCheck(this).that('parameter', path, () => isList === asList, `be read by ${isList ? 'listFromEnvironment' : 'fromEnvironment'}`).throwIfInvalid();
    const id = pascalCase(...path.split('/'));
    const known = this.storedParameters.get(id);
    if (known !== undefined) return known;
    const stored = this.addStoredParameter(id, {
      group: 'Environment', parameterName: this.names.parameterName(parameter), valueType: isList ? 'List<String>' : undefined,
    });
    this.storedParameters.set(id, stored);
    return stored;
  }
}
