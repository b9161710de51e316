import { posix, relative, sep } from 'path';
import { Aws, CfnElement, CfnParameter, ExportValueOptions, ITaggable, Lazy, Reference, Size, Stack, Stage, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { InputCheck } from '../private/input-check';
import { describe, refuse } from '../private/invalid-input';
import { inheritedBoundary } from './private/inherited-boundary';
import { atPlace, placeOf } from './private/known-place';
import { ParameterInterface } from './private/parameter-interface';
import { ReferenceGuard } from './private/reference-guard';
import { removeTags } from './private/remove-tags';
import { RenderedTemplate } from './private/rendered-template';
import { SelfContainedSynthesizer } from './private/self-contained-synthesizer';
import { nameWithin, shortName } from './private/short-name';
import { withSubstitutions } from './private/substitutions';
import { faultsOf, letNobodyWaitFor, TemplateLimits } from './private/template-faults';
import { toYaml } from './private/yaml';
import { TemplateContent } from './template-content';
import { TemplateFormat } from './template-format';
import { StoredParameterProps, TemplateParameterProps } from './template-parameter-props';

/** Properties of a template that leaves the app. */
export interface SelfContainedTemplateProps {
  /**
   * What the template is for.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * What the template may carry besides plain resources.
   *
   * @default - no IAM resources, no Lambda functions, no custom resources
   */
  readonly permits?: TemplateContent[];

  /**
   * How large the template may be, as JSON without white space. A template in an S3 object may have 1 MiB.
   *
   * @default SelfContainedTemplate.INLINE_SIZE
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
   */
  readonly maximumSize?: Size;

  /**
   * Whether the template is written as short as it can be, for one that would be too large to be carried inline: resources are
   * called by the last word of their path and its hash, and texts that are joined of references are written as `Fn::Sub`.
   *
   * Resources that are called otherwise are others to CloudFormation: say it from the beginning or not at all.
   *
   * @default false
   */
  readonly isWrittenShort?: boolean;

  /**
   * The region that the template is deployed in, where it is one only and known. Region, partition and domain of AWS are then
   * written out, which takes less of the size than references to them.
   *
   * @default - the template refers to the region where it is deployed
   */
  readonly region?: string;

  /**
   * Name of a file for a person to deploy, ending in `.json` or `.yaml`. It is written into the folder `templates` of
   * the cloud assembly.
   *
   * @default - no file is written
   */
  readonly fileName?: string;
}

/**
 * A template that leaves the app: the body of a stack set, a Service Catalog product, a project template. Constructs are
 * put into it as into any stack.
 *
 * It is deployed by others, in accounts that this app does not know: `cdk deploy` does not see it, it has no assets,
 * needs no bootstrapped account, and refers to nothing outside itself. Account, region and partition in it are those of
 * the place of deployment.
 */
export class SelfContainedTemplate extends Stack {
  /** What CloudFormation takes inline: 51,200 bytes. */
  public static readonly INLINE_SIZE = Size.bytes(51_200);
  /** What CloudFormation takes from an S3 object: 1 MiB. */
  public static readonly OBJECT_SIZE = Size.mebibytes(1);

  /** The template as JSON without white space: a token, for a property that carries a template inline. */
  public readonly templateBody: string;
  /** Where the file for a person is written, below the directory of the app's cloud assembly; nothing without `fileName`. */
  public readonly filePath?: string;

  /** What it may be beside plain resources that CloudFormation takes inline. @internal */
  public readonly _limits: TemplateLimits;

  private readonly isWrittenShort: boolean;
  private readonly place: ReadonlyMap<string, string>;
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
    new InputCheck(this)
      .that('description', props.description, (text) => Buffer.byteLength(text) <= 1024, 'have at most 1024 bytes')
      .that('maximumSize', props.maximumSize, (size) => size.isUnresolved() || size.toBytes() <= SelfContainedTemplate.OBJECT_SIZE.toBytes(),
        'be at most 1 MiB', 'CloudFormation takes no larger template')
      .matches('fileName', props.fileName, /^[A-Za-z0-9][A-Za-z0-9._-]*\.(json|yaml)$/, 'be a file name of [A-Za-z0-9._-] that ends in .json or .yaml')
      .done();
    new ReferenceGuard(this, '$References');
    this.templateBody = this.templateText();
    this.filePath = props.fileName === undefined ? undefined : this.writeFile(synthesizer, props.fileName);
    this.isWrittenShort = props.isWrittenShort ?? false;
    this.place = placeOf(props.region);
    this._limits = { permits: props.permits ?? [], maximumSize: props.maximumSize ?? SelfContainedTemplate.INLINE_SIZE };
    this.node.addValidation({ validate: () => this.validateContent() });
  }

  /** The text of the template: a token, because the template is complete only when the app is. */
  public templateText(format: TemplateFormat = TemplateFormat.JSON): string {
    return Lazy.uncachedString({ produce: (context) => (context.preparing ? '' : this.write(format)) });
  }

  /**
   * Leaves tags out of the template's resources that they get anyway, because what carries the template gives them to its stack:
   * the tags of a stack set, which CloudFormation passes on. That saves a good part of the size.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
   */
  public leaveTagsTo(carrier: ITaggable): void {
    this.tagCarrier = carrier;
  }

  /** Adds a parameter that is given when the template is deployed. */
  public addParameter(id: string, props: TemplateParameterProps = {}): CfnParameter {
    const { label, group, ...parameterProps } = props;
    const parameter = new CfnParameter(this, id, parameterProps);
    this.parameterInterface.present(parameter, { label, group });
    return parameter;
  }

  /**
   * Adds a parameter whose value CloudFormation reads from Systems Manager where the template is deployed, each time that
   * it is deployed. Whoever deploys cannot name another one: CloudFormation checks the name, not the value.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
   */
  public addStoredParameter(id: string, props: StoredParameterProps): CfnParameter {
    const { parameterName, valueType = 'String', ...presented } = props;
    new InputCheck(`${this.node.path}/${id}`)
      .that('parameterName', Token.isUnresolved(parameterName) ? 'a token' : parameterName, () => !Token.isUnresolved(parameterName), 'be a literal',
        'CloudFormation takes no intrinsic as the default of a parameter: give the name itself, or a placeholder that is filled in where the template is published')
      .matches('valueType', valueType, VALUE_TYPE, 'be String, CommaDelimitedList, a type such as AWS::EC2::VPC::Id, or a List<…> of such')
      .done();
    return this.addParameter(id, { ...presented, type: `AWS::SSM::Parameter::Value<${valueType}>`, default: parameterName, allowedValues: [parameterName] });
  }

  /** Refused: a template that leaves the app exports nothing to the stacks of the app. */
  public exportValue(exportedValue: unknown, options?: ExportValueOptions): string {
    return this.refuseExport(exportedValue, options);
  }

  /** Refused: a template that leaves the app exports nothing to the stacks of the app. */
  public exportStringListValue(exportedValue: unknown, options?: ExportValueOptions): string[] {
    return this.refuseExport(exportedValue, options);
  }

  /** Nothing is bundled for a template without assets. */
  public get bundlingRequired(): boolean {
    return false;
  }

  /**
   * A template is not deployed by this app, so it waits for no stack of it.
   *
   * @internal
   */
  public _addAssemblyDependency(): void {}

  /** How an element of the template is called. */
  protected allocateLogicalId(cfnElement: CfnElement): string {
    const name = super.allocateLogicalId(cfnElement);
    return this.isWrittenShort ? shortName(name, cfnElement.node.path.slice(this.node.path.length + 1)) : name;
  }

  private refuseExport(value: unknown, options?: ExportValueOptions): never {
    return refuse(this, {
      property: 'exported value',
      value: Reference.isReference(value) ? `${value.target.node.path}[${value.displayName}]` : options?.name ?? 'a token',
      rule: 'not be used by a stack of the app',
      remedy: 'The template is deployed elsewhere: give what is referred to a fixed name, or let the other side read an SSM parameter',
    });
  }

  private writeFile(synthesizer: SelfContainedSynthesizer, fileName: string): string {
    const path = posix.join('templates', fileName);
    const format = fileName.endsWith('.yaml') ? TemplateFormat.YAML : TemplateFormat.JSON;
    synthesizer.writes({ path, text: () => this.write(format) });
    const [app, assembly] = [this.node.root, Stage.of(this)].map((stage) => (stage as Stage).outdir);
    return posix.join(relative(app, assembly).split(sep).join('/'), path);
  }

  private render(): RenderedTemplate {
    const template = atPlace(this._toCloudFormation(), this.place) as RenderedTemplate; // what the CDK itself writes for a stack
    if (this.tagCarrier) removeTags(template, this.tagCarrier.tags.tagValues());
    if (!this.isWrittenShort) return template;
    for (const section of ['Resources', 'Outputs'] as const) Object.assign(template, template[section] && { [section]: withSubstitutions(template[section]) });
    return template;
  }

  private write(format: TemplateFormat): string {
    const template = this.render();
    return format === TemplateFormat.YAML ? toYaml(template) : JSON.stringify(template);
  }

  private validateContent(): string[] {
    letNobodyWaitFor(this);
    return faultsOf(this, this.render(), this._limits).map(describe);
  }
}

const VALUE_TYPE = /^(CommaDelimitedList|(String|AWS(::[A-Za-z0-9]+)+)|List<(String|AWS(::[A-Za-z0-9]+)+)>)$/;
