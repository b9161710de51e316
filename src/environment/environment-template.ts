import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Aspects, Aws, CfnCondition, CfnResource, CfnRule, Fn, ISynthesisSession, Lazy, Stack } from 'aws-cdk-lib';
import { ProductStack } from 'aws-cdk-lib/aws-servicecatalog';
import { Construct } from 'constructs';
import { DataScienceEnvironment } from './data-science-environment';
import { EnvironmentNetwork, INetworkSource, ManagedNetworkOptions } from '../network';
import { EnvironmentForm } from './private/environment-form';
import { NetworkRange } from './private/network-range';
import { rangeRule } from '../network/deployed-range';
import { arnIn, WHERE_DEPLOYED } from '../private/arn';
import { ACCOUNT_RULE, InputCheck, OWNER_RULE } from '../private/input-check';
import { throwValidationError } from '../private/invalid-input';
import { ENVIRONMENT_NAME_RULE } from '../private/name-rule';
import { checkRequired, like } from '../private/required-input';
import { StudioUser } from '../studio';
import { USER_NAME_RULE } from '../studio/user-name';

const ENVIRONMENT = like<DataScienceEnvironment>('studio', 'a DataScienceEnvironment of this template');

/** Properties of a template of environments. */
export interface EnvironmentTemplateProps {
  /**
   * Description of the template.
   *
   * @default - no description
   */
  readonly description?: string;
}

/**
 * A template from which environments are launched in AWS Service Catalog, to be subclassed.
 *
 * The subclass makes a `DataScienceEnvironment` in its constructor, with `environmentName` and `owner`, which are parameters of the
 * form. It asks for more by `askForNetwork`, `askForTargetAccount` and `askForFirstMember`, and decides everything else.
 */
export class EnvironmentTemplate extends ProductStack {
  /** Name of the environment, a token because it is a parameter of the form. */
  public readonly environmentName: string;
  /** Owner of the environment, a token because it is a parameter of the form. */
  public readonly owner: string;

  private readonly form: EnvironmentForm;
  /** Where it is in the app, for people. */
  private readonly place: string;
  private product?: { readonly launchRoleName: string; readonly path: string };

  constructor(scope: Construct, id: string, props: EnvironmentTemplateProps = {}) {
    super(scope, id, { description: props.description, analyticsReporting: false });
    Object.assign(this, { _suppressTemplateIndentation: true }); // as it is written below
    this.place = this.node.path;
    this.standForEveryVersion();
    this.form = new EnvironmentForm(this);
    this.environmentName = this.form.ask('EnvironmentName', {
      ...ENVIRONMENT_NAME_RULE,
      label: 'Name',
      group: 'Environment',
      description: 'Role, key and bucket names are made of it, so that it must be new to the account and region and cannot be changed',
    });
    this.owner = this.form.ask('Owner', {
      ...OWNER_RULE, label: 'Owner', group: 'Environment', description: 'Owner of the costs, such as a cost center or the address of a team',
    });
  }

  /**
   * Asks for the CIDR block of the network.
   *
   * A launch is refused whose block overlaps that of another VPC of the account and region with the tag `environment`, and an update
   * with another block than before, before the network is made.
   *
   * @param options settings of the network, without `cidr`
   */
  public askForNetwork(options: ManagedNetworkOptions = {}): INetworkSource {
    if (options.cidr !== undefined) {
      throwValidationError(this.place, { property: 'options.cidr', value: options.cidr, rule: 'be left out', remedy: 'The form asks for it; or give EnvironmentNetwork.managed(…) with it' });
    }
    const cidr = this.form.ask('NetworkRange', {
      ...rangeRule(options), label: 'Network range', group: 'Network', description: 'CIDR block of the VPC, which cannot be changed', default: '10.0.0.0/16',
    });
    const network = EnvironmentNetwork.managed({ ...options, cidr });
    return {
      hasInternetAccess: network.hasInternetAccess,
      _networkOf: (environment, belongings) => {
        const range = new NetworkRange(environment, 'NetworkRange', { ...belongings, cidr });
        Aspects.of(environment).add({ visit: (node) => range.precede(node) });
        return network._networkOf(environment, belongings);
      },
    };
  }

  /**
   * Asks for the account to which models are deployed, which is another one than that of the environment.
   *
   * @param accounts ids of accounts of which the form offers one: without them it takes any account, also one of somebody else
   */
  public askForTargetAccount(accounts?: string[]): string {
    new InputCheck(this.place).notEmpty('accounts', accounts).accountIds('accounts', accounts).unique('accounts', accounts).throwIfInvalid();
    const account = this.form.ask('TargetAccount', {
      pattern: ACCOUNT_RULE.pattern,
      rule: accounts === undefined ? ACCOUNT_RULE.rule : `be ${accounts.join(' or ')}`,
      choices: accounts,
      label: 'Target account',
      group: 'Deployment',
      description: 'Id of the account to which models are deployed',
    });
    new CfnRule(this, 'TargetIsAnotherAccount', {
      assertions: [{
        assert: Fn.conditionNot(Fn.conditionEquals(account, Aws.ACCOUNT_ID)),
        assertDescription: 'Target account must be another account than that of the environment',
      }],
    });
    return account;
  }

  /** Asks for a data scientist to whom the environment gives a user profile, or nobody where the field is left empty. */
  public askForFirstMember(environment: DataScienceEnvironment): StudioUser {
    checkRequired(this, { environment }, { environment: ENVIRONMENT });
    const name = this.form.ask('FirstMember', {
      pattern: `^$|${USER_NAME_RULE.pattern}`,
      rule: `be empty, or ${USER_NAME_RULE.rule}`,
      label: 'First member',
      group: 'People',
      description: 'Name of a data scientist, as sessions have it',
      default: '',
    });
    const isGiven = new CfnCondition(this, 'HasFirstMember', { expression: Fn.conditionNot(Fn.conditionEquals(name, '')) });
    const { studio, executionRoles } = environment;
    const user = new StudioUser(studio, 'FirstMember', {
      domain: studio, userName: Fn.conditionIf(isGiven.logicalId, name, Aws.NO_VALUE).toString(), executionRole: executionRoles.studioRole.role,
    });
    for (const node of user.node.findAll()) if (CfnResource.isCfnResource(node)) node.cfnOptions.condition = isGiven;
    return user;
  }

  /**
   * Gives all versions one place in the tree. Names, and ids of rules and associations, are made of the path of a construct: with the
   * id of the version in it, an update would replace the domain and everything that is associated with something. Once everything is
   * named, the CDK tells versions apart by their own ids.
   */
  private standForEveryVersion(): void {
    Object.assign(this, { _stackName: Stack.of(this.node.scope!).stackName });
    Object.assign(this.node, { id: 'EnvironmentTemplate', _addr: undefined });
  }

  /** Without white space, which is half of what CloudFormation counts. @internal */
  public _synthesizeTemplate(session: ISynthesisSession): void {
    (ProductStack.prototype as unknown as Rendering)._synthesizeTemplate.call(this, session);
    const file = join(session.assembly.outdir, this.templateFile);
    writeFileSync(file, JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
  }

  /** The product that it is a version of, whose launch role deploys it. @internal */
  public _isVersionOf(product: { readonly launchRoleName: string; readonly path: string }): void {
    if (this.product !== undefined) {
      throwValidationError(this.place, { property: 'template', value: this.place, rule: `be a version of one product, ${this.product.path}`, remedy: 'Make another template of the same class' });
    }
    this.product = product;
    Object.assign(this.node, { id: this.place.split('/').pop() });
  }

  /** ARN of the role that deploys it. @internal */
  public get _launchRoleArn(): string {
    return arnIn(WHERE_DEPLOYED, 'iam', `role/${Lazy.string({ produce: () => this.launchedBy() })}`);
  }

  private launchedBy(): string {
    return this.product?.launchRoleName ?? throwValidationError(this.place, {
      property: 'template', value: this.place, rule: 'be a version of an EnvironmentProduct', remedy: 'Its launch role alone may change keys and buckets later',
    });
  }
}

/** How the CDK writes a product's template, which it keeps to itself. */
interface Rendering {
  readonly _synthesizeTemplate: (session: ISynthesisSession) => void;
}
