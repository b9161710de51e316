import { createHash } from 'crypto';
import { Fn, Lazy, Stack, TagManager, Token } from 'aws-cdk-lib';
import { CfnStudioLifecycleConfig } from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { StudioApplication } from './studio-application';
import { InputCheck } from '../private/input-check';
import { checkRequired, oneOf, TEXT } from '../private/required-input';
import { uniqueName } from '../private/unique-name';

/** Properties of a Studio lifecycle configuration. */
export interface StudioLifecycleConfigurationProps {
  /** The application that runs the script when it starts. */
  readonly application: StudioApplication;

  /**
   * A bash script, at most 12,288 bytes.
   *
   * It has five minutes. A script that fails keeps the application from starting.
   */
  readonly script: string;

  /**
   * Default script of its application, which a space runs unless its owner chooses another one.
   *
   * Each application has at most one.
   *
   * @default - false: users choose the script for their spaces
   */
  readonly runByDefault?: boolean;
}

/** What CloudFormation takes, in base 64. */
const MOST_CHARACTERS = 16_384;

/**
 * A lifecycle configuration: a script that runs when JupyterLab or Code Editor starts.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/jl-lcc.html
 */
export class StudioLifecycleConfiguration extends Construct {
  /** The application that runs the script. */
  public readonly application: StudioApplication;
  /** True if a space runs this script unless its owner chooses another one. */
  public readonly runByDefault: boolean;
  /** ARN of the lifecycle configuration. */
  public readonly lifecycleConfigurationArn: string;

  constructor(scope: Construct, id: string, props: StudioLifecycleConfigurationProps) {
    super(scope, id);
    checkRequired(this, props, { application: oneOf(StudioApplication, 'StudioApplication'), script: TEXT });
    new InputCheck(this)
      .that('script', props.script, (script) => script.trim() !== '', 'not be empty')
      .that('script', props.script, (script) => Buffer.byteLength(script) <= MOST_CHARACTERS * 3 / 4,
        'have at most 12288 bytes', 'Let the script fetch the rest from a bucket that the execution role reads')
      .throwIfInvalid();
    // A file that Windows has checked out: bash would take the carriage returns for parts of commands.
    const script = Token.isUnresolved(props.script) ? props.script : props.script.replace(/\r\n/g, '\n');
    this.application = props.application;
    this.runByDefault = props.runByDefault ?? false;
    const configuration: CfnStudioLifecycleConfig = new CfnStudioLifecycleConfig(this, 'Resource', {
      studioLifecycleConfigAppType: props.application,
      // When the app is synthesized: tags come by aspects.
      studioLifecycleConfigName: Lazy.string({ produce: () => this.nameFor(props.application, script, configuration) }),
      // CloudFormation encodes it: a template is a third smaller by it, and shows what runs.
      studioLifecycleConfigContent: Fn.base64(script),
    });
    this.lifecycleConfigurationArn = configuration.attrStudioLifecycleConfigArn;
  }

  /**
   * Nothing of it can be changed in place, so another script needs another name, or its replacement "already exists". Nor can its
   * tags, among which CloudFormation counts those of the stack.
   */
  private nameFor(application: StudioApplication, script: string, configuration: CfnStudioLifecycleConfig): string {
    const stack = Stack.of(this);
    const content = JSON.stringify(stack.resolve([application, script, TagManager.of(configuration)?.renderTags(), stack.tags.renderTags()]));
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    return `${uniqueName(this, 54)}-${hash}`;
  }
}
