import { CfnStackSet, Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { EndpointAlarmOptions } from './endpoint-alarm-options';
import { EndpointUpdate } from './endpoint-update';
import { ModelEndpointTemplate } from './model-endpoint-template';
import { EnvironmentRole, TargetRole } from '../names';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired, TEXT } from '../private/required-input';
import { DeploymentStage, IDataScienceEnvironment } from '../stages';
import { ENVIRONMENT, STAGE } from '../stages/kinds';
import { retainOnRequest, addRetirementOutput } from '../targets/retirement';
import { ACCOUNT, REGION, checkReach, checkSameStage } from '../targets/stage-rules';
import { SelfContainedTemplate } from '../templates';

/** Properties of the stack set of an endpoint. */
export interface ModelEndpointStackSetProps {
  /** The environment whose model is deployed. */
  readonly environment: IDataScienceEnvironment;

  /** The stage that the model is deployed to. */
  readonly stage: DeploymentStage;

  /**
   * Name of the model: lower-case letters, digits and single hyphens.
   *
   * Endpoint and stack set are named after environment, stage and model.
   */
  readonly modelName: string;

  /** URI of the image: one that AWS publishes, or one of the environment's released images. */
  readonly image: string;

  /** S3 URI of the model artifact in the environment's releases bucket. */
  readonly modelDataUrl: string;

  /**
   * Instance type.
   *
   * @default - the first that the stage allows
   */
  readonly instanceType?: string;

  /**
   * Ids of the accounts that the model is deployed to, each with a deployment target of the stage.
   *
   * @default - all accounts of the stage but those that are leaving it, for which the stage must be a list of accounts
   */
  readonly accounts?: string[];

  /**
   * Strategy of updates of the endpoint.
   *
   * A stage that may have a single instance shifts all traffic at once in any case.
   *
   * @default - a blue/green update with canary traffic shifting
   */
  readonly update?: EndpointUpdate;

  /**
   * Settings of the alarms that watch the endpoint and roll updates back.
   *
   * @default - errors, latency, and utilization of CPU, memory and disk
   */
  readonly alarms?: EndpointAlarmOptions;
}

/**
 * A stack set that deploys a released model to the accounts of a stage, one account after the other.
 *
 * It belongs into the environment's account, and creates an endpoint stack in each account through the role chain. Pipelines of
 * projects have stack sets of their own. This construct is for those who have no pipeline.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/what-is-cfnstacksets.html
 */
export class ModelEndpointStackSet extends Construct {
  /** Name of the endpoint in each account, and of the stack set. */
  public readonly endpointName: string;
  /** Ids of the accounts that the model is deployed to. */
  public readonly accounts: string[];
  /** Template of the endpoint stacks. */
  public readonly template: SelfContainedTemplate;
  /** The stack set. */
  public readonly stackSet: CfnStackSet;

  constructor(scope: Construct, id: string, props: ModelEndpointStackSetProps) {
    super(scope, id);
    checkRequired(this, props, { environment: ENVIRONMENT, stage: STAGE, modelName: ANYTHING, image: TEXT, modelDataUrl: TEXT });
    const { environment: { names }, stage } = props;
    this.check(props);
    this.endpointName = names.endpointName(stage.stageName, props.modelName);
    this.accounts = accountsOf(props);
    this.template = new ModelEndpointTemplate(this, 'Template', { names, stage, update: props.update, alarms: props.alarms });
    retainOnRequest(this.template, stage);
    addRetirementOutput(this, stage, `The endpoint ${this.endpointName}`);
    this.stackSet = new CfnStackSet(this, 'Resource', {
      stackSetName: this.endpointName,
      description: `Endpoint of the model ${props.modelName} in the stage ${stage.stageName}`,
      permissionModel: 'SELF_MANAGED',
      administrationRoleArn: names.roleArn(EnvironmentRole.STACK_SET_ADMINISTRATOR),
      executionRoleName: names.targetRoleName(stage.stageName, TargetRole.DEPLOYMENT),
      templateBody: this.template.templateBody,
      parameters: Object.entries({
        [ModelEndpointTemplate.ENDPOINT_NAME]: this.endpointName,
        [ModelEndpointTemplate.IMAGE]: props.image,
        [ModelEndpointTemplate.MODEL_DATA_URL]: props.modelDataUrl,
        [ModelEndpointTemplate.INSTANCE_TYPE]: props.instanceType ?? stage._endpointCapacity.instanceTypes[0],
      }).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue })),
      stackInstancesGroup: [{ deploymentTargets: { accounts: this.accounts }, regions: [names.region] }],
      operationPreferences: { failureToleranceCount: 0, maxConcurrentCount: 1 }, // what fails in one account does not reach the next
    });
    this.template.leaveTagsTo(this.stackSet);
    // In the environment's own stack the role that CloudFormation enters accounts with has to be there first.
    const administration = props.environment.node.tryFindChild('StackSetAdministration');
    if (administration) this.stackSet.node.addDependency(administration);
  }

  private check({ environment, stage, instanceType, modelDataUrl, accounts }: ModelEndpointStackSetProps): void {
    const check = new InputCheck(this)
      .that('stage', stage.stageName, () => environment.deploysTo(stage), 'be one of the environment\'s deploymentStages')
      .that('instanceType', instanceType, (type) => stage._endpointCapacity.instanceTypes.includes(type),
        `be one that the stage '${stage.stageName}' allows, ${stage._endpointCapacity.instanceTypes.join(', ')}`)
      .that('modelDataUrl', modelDataUrl, (url) => !url.includes('${') && url.startsWith('s3://'), 'be an S3 URI, such as s3://bucket/forecast/model.tar.gz')
      .notEmpty('accounts', accounts)
      .unique('accounts', accounts)
      .accountIds('accounts', accounts)
      .every('accounts', accounts, (id) => stage.accountIds.length === 0 || stage.accountIds.includes(id),
        `be accounts of the stage '${stage.stageName}', ${stage.accountIds.join(', ')}`)
      .every('accounts', accounts, (id) => !stage.retiringAccounts.includes(id), `be none that is leaving the stage '${stage.stageName}', ${stage.retiringAccounts.join(', ')}`)
      .every('accounts', accounts, (id) => stage.isSameAccount === (id === environment.names.account),
        `${stage.isSameAccount ? '' : 'not '}be the data-science account in the stage '${stage.stageName}'`);
    checkSameStage(check, environment, stage);
    this.checkPlace(check, environment, stage);
    if (accounts === undefined && stage._accounts.known(environment.names).length === 0) {
      check.report('accounts', undefined, `be given for the stage '${stage.stageName}', whose accounts are only known to the organization`,
        'Delivery pipelines list them when they run');
    }
    check.throwIfInvalid();
  }

  /** In the environment's own stack its names are right, whatever account and region that stack comes to. */
  private checkPlace(check: InputCheck, environment: IDataScienceEnvironment, stage: DeploymentStage): void {
    const { account, region } = Stack.of(this), { names } = environment;
    if (account === names.account && region === names.region && Token.isUnresolved(account)) return;
    checkReach(check, environment, stage);
    if (Token.isUnresolved(names.account) || Token.isUnresolved(names.region)) return;
    check
      .that(ACCOUNT, account, (here) => here === names.account, `be the environment's, ${names.account}`,
        'The role that enters targets is there')
      .that(REGION, region, (here) => here === names.region, `be the environment's, ${names.region}`,
        'Targets are placed in that region only');
  }
}

function accountsOf({ accounts, stage, environment }: ModelEndpointStackSetProps): string[] {
  if (accounts !== undefined) return accounts;
  return stage._accounts.known(environment.names).filter((account) => !stage.retiringAccounts.includes(account));
}
