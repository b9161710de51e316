import { posix, relative, sep } from 'path';
import { Aws, CfnElement, CfnParameter, ExportValueOptions, ITaggable, Lazy, Reference, Size, Stack, Stage, Token } from 'aws-cdk-lib';
import { IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { ParameterInterface } from './parameter-interface';
import { InputCheck } from '../private/input-check';
import { describe, throwValidationError } from '../private/invalid-input';
import { checkRequired, TEXT } from '../private/required-input';
import { inheritedBoundary } from './private/inherited-boundary';
import { atPlace, placeOf } from '../private/known-place';
import { ReferenceGuard } from './private/reference-guard';
import { removeDescriptions } from './private/remove-descriptions';
import { removeTags } from './private/remove-tags';
import { RenderedTemplate } from './private/rendered-template';
import { SelfContainedSynthesizer } from './private/self-contained-synthesizer';
import { nameWithin, shortName } from './private/short-name';
import { withShortPolicies } from './private/short-policies';
import { withSubstitutions } from '../private/substitutions';
import { faultsOf, removeDependenciesOn, TemplateLimits } from './private/template-faults';
import { toYaml } from './private/yaml';
import { TemplateContent } from './template-content';
import { StoredParameterProps, TemplateParameterProps } from './template-parameter-props';

/** Properties of a self-contained template. */
export interface SelfContainedTemplateProps {
  /**
   * Description of the template.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Kinds of content that the template may have besides plain resources.
   *
   * @default - no IAM resources, no Lambda functions, no custom resources
   */
  readonly allowedContent?: TemplateContent[];

  /**
   * Maximum size of the template, as JSON without white space.
   *
   * A template in an S3 object may have 1 MiB.
   *
   * @default SelfContainedTemplate.INLINE_SIZE
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
   */
  readonly maximumSize?: Size;

  /**
   * Shorter logical ids, `Fn::Sub` in place of `Fn::Join`, merged policy statements, and no descriptions of policies and security
   * group rules, for a template that would otherwise be too large to be carried inline.
   *
   * A logical id is then the last part of the construct path and its hash. CloudFormation replaces resources whose logical id
   * changes: set it from the beginning or not at all.
   *
   * @default false
   */
  readonly minify?: boolean;

  /**
   * The region of deployment, where there is only one and it is known.
   *
   * Region, partition and domain name suffix are then literals, which take less of the size than references to them.
   *
   * @default - the template refers to the region where it is deployed
   */
  readonly region?: string;

  /**
   * Name of the file that holds the template in the folder `templates` of the cloud assembly, ending in `.json` or `.yaml`.
   *
   * @default - no file is written
   */
  readonly fileName?: string;
}

/**
 * A CloudFormation template that is deployed outside of the app: by a stack set, a Service Catalog product or a project template.
 *
 * It takes constructs like any stack. Others deploy it, in accounts that this app does not know: `cdk deploy` does not see it, it
 * has no assets, needs no bootstrapped account, and refers to nothing outside itself. Account, region and partition in it are
 * those of the place of deployment.
 */
export class SelfContainedTemplate extends Stack {
  /** Maximum size of a template that is passed inline to CloudFormation, 51,200 bytes. */
  public static readonly INLINE_SIZE = Size.bytes(51_200);
  /** Maximum size of a template in an S3 object, 1 MiB. */
  public static readonly OBJECT_SIZE = Size.mebibytes(1);

  /** The template as JSON without white space, a token for properties that take a template inline. */
  public readonly templateBody: string;
  /** Path of the template file below the cloud assembly directory, undefined without `fileName`. */
  public readonly filePath?: string;

  /** What it may be beside plain resources that CloudFormation takes inline. @internal */
  public readonly _limits: TemplateLimits;

  private readonly minify: boolean;
  private readonly place: ReadonlyMap<string, string>;
  private readonly guard: ReferenceGuard;
  private readonly logicalIds = new Map<CfnElement, string>();
  private tagCarrier?: ITaggable;
  private readonly parameterInterface = new ParameterInterface(this);

  constructor(scope: Construct, id: string, props: SelfContainedTemplateProps = {}) {
    const synthesizer = new SelfContainedSynthesizer();
    super(scope, id, {
      synthesizer,
      description: props.description,
      stackName: nameWithin(scope, id),
      env: { account: Aws.ACCOUNT_ID, region: Aws.REGION }, // else those of an enclosing stage
      permissionsBoundary: inheritedBoundary(scope),
      analyticsReporting: false,
    });
    this.node.setContext('aws:cdk:enable-path-metadata', false); // paths of the app would be a good part of the size
    if (props.minify) this.node.setContext(IAM_MINIMIZE_POLICIES, true);
    new InputCheck(this)
      .that('description', props.description, (text) => Buffer.byteLength(text) <= 1024, 'have at most 1024 bytes')
      .that('maximumSize', props.maximumSize, (size) => size.isUnresolved() || size.toBytes() <= SelfContainedTemplate.OBJECT_SIZE.toBytes(),
        'be at most 1 MiB', 'CloudFormation takes no larger template')
      .matches('fileName', props.fileName, /^[A-Za-z0-9][A-Za-z0-9._-]*\.(json|yaml)$/, 'be a file name of letters, digits, dots, hyphens and underscores that ends in .json or .yaml')
      .throwIfInvalid();
    this.guard = new ReferenceGuard(this, '$References');
    this.templateBody = this.templateText();
    this.filePath = props.fileName === undefined ? undefined : this.writeFile(synthesizer, props.fileName);
    this.minify = props.minify ?? false;
    this.place = placeOf(props.region);
    this._limits = { allowedContent: props.allowedContent ?? [], maximumSize: props.maximumSize ?? SelfContainedTemplate.INLINE_SIZE };
    this.node.addValidation({ validate: () => this.validateContent() });
  }

  /** Returns the template as JSON without white space, a token because the template is complete only at the end of synthesis. */
  public templateText(): string {
    return complete(() => this.writeJson());
  }

  /** Returns the template as YAML, for people and for services that accept nothing else, a token as well. */
  public templateYaml(): string {
    return complete(() => this.writeYaml());
  }

  /**
   * Leaves out tags that the stack gives to the resources anyway, as a stack set does, which saves a good part of the size.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
   */
  public leaveTagsTo(carrier: ITaggable): void {
    this.tagCarrier = carrier;
  }

  /** Adds a parameter whose value is set when the template is deployed. */
  public addParameter(id: string, props: TemplateParameterProps = {}): CfnParameter {
    const { label, group, ...parameterProps } = props;
    const parameter = new CfnParameter(this, id, parameterProps);
    this.parameterInterface.present(parameter, { label, group });
    return parameter;
  }

  /**
   * Adds a parameter whose value CloudFormation reads from Systems Manager Parameter Store at each deployment.
   *
   * Those who deploy the template cannot name another Systems Manager parameter: CloudFormation checks the name, not the value.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
   */
  public addStoredParameter(id: string, props: StoredParameterProps): CfnParameter {
    checkRequired(`${this.node.path}/${id}`, props, { parameterName: TEXT });
    const { parameterName, valueType = 'String', ...presented } = props;
    new InputCheck(`${this.node.path}/${id}`)
      .that('parameterName', Token.isUnresolved(parameterName) ? 'a token' : parameterName, () => !Token.isUnresolved(parameterName), 'be a literal',
        'CloudFormation takes no intrinsic as the default of a parameter: give the name itself, or a placeholder that is filled in where the template is published')
      .matches('valueType', valueType, VALUE_TYPE, 'be String, CommaDelimitedList, a type such as AWS::EC2::VPC::Id, or a List<…> of such')
      .throwIfInvalid();
    return this.addParameter(id, { ...presented, type: `AWS::SSM::Parameter::Value<${valueType}>`, default: parameterName, allowedValues: [parameterName] });
  }

  /**
   * Not supported, as a self-contained template exports nothing to the stacks of the app.
   *
   * @throws always
   */
  public exportValue(exportedValue: unknown, options?: ExportValueOptions): string {
    return this.refuseExport(exportedValue, options);
  }

  /**
   * Not supported, as a self-contained template exports nothing to the stacks of the app.
   *
   * @throws always
   */
  public exportStringListValue(exportedValue: unknown, options?: ExportValueOptions): string[] {
    return this.refuseExport(exportedValue, options);
  }

  /** False, as a template without assets bundles nothing. */
  public get bundlingRequired(): boolean {
    return false;
  }

  /**
   * A template is not deployed by this app, so it waits for no stack of it.
   *
   * @internal
   */
  public _addAssemblyDependency(): void {}

  /** Returns the logical id of an element of the template. */
  protected allocateLogicalId(cfnElement: CfnElement): string {
    const known = this.logicalIds.get(cfnElement);
    if (known !== undefined) return known; // each reference asks for it, whenever it is written
    const name = super.allocateLogicalId(cfnElement);
    const logicalId = this.minify ? shortName(name, cfnElement.node.path.slice(this.node.path.length + 1)) : name;
    this.logicalIds.set(cfnElement, logicalId);
    return logicalId;
  }

  private refuseExport(value: unknown, options?: ExportValueOptions): never {
    return throwValidationError(this, {
      property: 'exported value',
      value: Reference.isReference(value) ? `${value.target.node.path}[${value.displayName}]` : options?.name ?? 'a token',
      rule: 'not be used by a stack of the app',
      remedy: 'The template is deployed elsewhere: give what is referred to a fixed name, or let the other side read an SSM parameter',
    });
  }

  private writeFile(synthesizer: SelfContainedSynthesizer, fileName: string): string {
    const path = posix.join('templates', fileName);
    synthesizer.writes({ path, text: () => (fileName.endsWith('.yaml') ? this.writeYaml() : this.writeJson()) });
    const [app, assembly] = [this.node.root, Stage.of(this)].map((stage) => (stage as Stage).outdir);
    return posix.join(relative(app, assembly).split(sep).join('/'), path);
  }

  private render(): RenderedTemplate {
    const template = atPlace(this._toCloudFormation(), this.place) as RenderedTemplate; // what the CDK itself writes for a stack
    if (this.tagCarrier) removeTags(template, this.tagCarrier.tags.tagValues());
    if (!this.minify) return template;
    removeDescriptions(template);
    for (const section of ['Resources', 'Outputs'] as const) Object.assign(template, template[section] && { [section]: withShortPolicies(withSubstitutions(template[section])) });
    return template;
  }

  private writeJson(): string {
    return this.guard.textOf(() => this.render());
  }

  private writeYaml(): string {
    return toYaml(JSON.parse(this.writeJson()) as object);
  }

  private validateContent(): string[] {
    removeDependenciesOn(this);
    return faultsOf(this, this.writeJson(), this._limits).map(describe);
  }
}

const VALUE_TYPE = /^(CommaDelimitedList|(String|AWS(::[A-Za-z0-9]+)+)|List<(String|AWS(::[A-Za-z0-9]+)+)>)$/;

function complete(write: () => string): string {
  return Lazy.uncachedString({ produce: (context) => (context.preparing ? '' : write()) });
}
