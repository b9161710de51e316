import { capacityOf, EndpointCapacityOptions } from './endpoint-capacity';
import { EndpointTestOptions, endpointTestOf } from './endpoint-test';
import { ModelApproval } from './model-approval';
import { ModelPromotion } from './model-promotion';
import { AccountsOfUnits, ListedAccounts, SameAccount, StageAccounts } from './private/stage-accounts';
import { StageMonitoringOptions } from './stage-monitoring';
import { StageRetirement } from './stage-retirement';
import { InputCheck } from '../private/input-check';
import { isInstanceType } from '../private/instance-type';
import { ANYTHING, checkRequired, kind } from '../private/required-input';

/** Options of every deployment stage. */
export interface DeploymentStageOptions {
  /**
   * Approval that a model version needs before it is deployed to this stage.
   *
   * With `ModelApproval.manual()`, data science administrators approve the last stage of the environment and team administrators
   * the stages before it.
   *
   * @default ModelApproval.automatic()
   */
  readonly approval?: ModelApproval;

  /**
   * Instance types, capacity and data capture of model endpoints of this stage.
   *
   * @default - 2 to 4 instances of type ml.m5.large, all of whose requests and responses are captured
   */
  readonly endpointCapacity?: EndpointCapacityOptions;

  /**
   * Test that an endpoint of this stage must pass before the deployment goes on.
   *
   * @default - 100 requests, none of which may fail, and 95 percent of which are answered within a second
   */
  readonly endpointTest?: EndpointTestOptions;

  /**
   * Retirement of targets and endpoints in accounts that leave the stage.
   *
   * @default - targets stay in accounts that leave their organizational unit, endpoints of projects stay until `retirement` is set, and
   * a stack set of this library deletes its stacks in accounts that are taken off a list
   */
  readonly retirement?: StageRetirement;

  /**
   * Model monitoring of this stage, such as `{}` for the default instance type.
   *
   * @default - no monitoring, and nothing reads the captured data
   */
  readonly monitoring?: StageMonitoringOptions;

  /**
   * Origin of the models that endpoints of this stage load.
   *
   * It cannot be set for a stage in the data science account itself.
   *
   * @default ModelPromotion.none()
   */
  readonly promotion?: ModelPromotion;

  /**
   * Ids of accounts that are about to leave the stage.
   *
   * No model is deployed there any more, and the endpoints that are there are retired while policies still allow it: afterwards,
   * nobody here could delete them. The accounts stay among the accounts of the stage, or in their organizational unit, until that
   * is done.
   *
   * @default - no accounts
   */
  readonly retiringAccounts?: string[];
}

/** Options of a stage that is a list of accounts. */
export interface AccountsStageOptions extends DeploymentStageOptions {
  /** Ids of the accounts, 12 digits each. */
  readonly accounts: string[];
}

/** Options of a stage that is a set of organizational units. */
export interface OrganizationalUnitsStageOptions extends DeploymentStageOptions {
  /** Id of the organization, such as `o-exampleorg`. */
  readonly organizationId: string;

  /**
   * Paths of the organizational units, such as `o-exampleorg/r-ab12/ou-ab12-prod1111/`.
   *
   * A path starts with the organization id and ends with a slash. Accounts in organizational units below these belong to the stage
   * as well.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path
   */
  readonly organizationalUnitPaths: string[];

  /**
   * Id of the account that creates the targets of this stage with `DeploymentTargetStackSet`, 12 digits.
   *
   * It must be allowed to list accounts of the organization. Pipelines ask it for the accounts in the organizational units.
   *
   * @default - pipelines ask AWS Organizations themselves, which the organization must allow the environment's account
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
   */
  readonly platformAccount?: string;
}

const UNIT_PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)+$/;

/** A deployment stage: the accounts to which models are deployed one stage after the other, and the rules there. */
export class DeploymentStage {
  /** A stage that is a list of accounts. */
  public static accounts(name: string, options: AccountsStageOptions): DeploymentStage {
    checkRequired(`DeploymentStage '${name}'`, { name, ...options }, { name: ANYTHING, accounts: ANYTHING });
    new InputCheck(`DeploymentStage '${name}'`)
      .notEmpty('accounts', options.accounts)
      .every('accounts', options.accounts, (id, index) => options.accounts.indexOf(id) === index, 'have no element twice', 'Leave out what is there already')
      .accountIds('accounts', options.accounts)
      .every('retiringAccounts', options.retiringAccounts, (id) => options.accounts.includes(id), 'be among the accounts of the stage until their endpoints have gone', 'Leave them in accounts as well')
      .that('retiringAccounts', options.retiringAccounts, (ids) => options.accounts.some((id) => !ids.includes(id)), 'leave at least one account in the stage',
        'A stage that ends goes from deploymentStages, when its endpoints have gone')
      .throwIfInvalid();
    return new DeploymentStage(name, options, new ListedAccounts(name, options.accounts));
  }

  /** A stage that is all accounts in some organizational units, now and later. */
  public static organizationalUnits(name: string, options: OrganizationalUnitsStageOptions): DeploymentStage {
    checkRequired(`DeploymentStage '${name}'`, { name, ...options }, {
      name: ANYTHING, organizationId: kind('the id of the organization, the first part of the path of a unit', () => true), organizationalUnitPaths: ANYTHING,
    });
    const { organizationId, organizationalUnitPaths: paths, platformAccount } = options;
    new InputCheck(`DeploymentStage '${name}'`)
      .organizationId('organizationId', organizationId)
      .notEmpty('organizationalUnitPaths', paths)
      .every('organizationalUnitPaths', paths, (path, index) => paths.indexOf(path) === index, 'have no element twice', 'Leave out what is there already')
      .every('organizationalUnitPaths', paths, (path) => UNIT_PATH.test(path),
        'be paths from the organization down to a unit, such as o-exampleorg/r-ab12/ou-ab12-prod1111/')
      .every('organizationalUnitPaths', paths, (path) => !UNIT_PATH.test(path) || path.startsWith(`${organizationId}/`),
        `begin with the organization id ${organizationId}`)
      .accountId('platformAccount', platformAccount)
      .throwIfInvalid();
    return new DeploymentStage(name, options, new AccountsOfUnits(name, organizationId, paths, platformAccount));
  }

  /** A stage in the data science account itself. */
  public static sameAccount(name: string, options: DeploymentStageOptions = {}): DeploymentStage {
    new InputCheck(`DeploymentStage '${name}'`)
      .that('promotion', options.promotion, ({ hasModelCopies }) => !hasModelCopies, 'not copy models of a stage in the data-science account itself',
        'A copy beside the original is lost with it. Use DeploymentStage.accounts or DeploymentStage.organizationalUnits')
      .that('retiringAccounts', options.retiringAccounts, (ids) => ids.length === 0, 'not be given for a stage in the data-science account, which has no other')
      .throwIfInvalid();
    return new DeploymentStage(name, options, new SameAccount(name));
  }

  /** Approval that a model version needs before it is deployed to this stage. */
  public readonly approval: ModelApproval;
  /** Instance types, capacity and data capture of model endpoints of this stage. @internal */
  public readonly _endpointCapacity: Required<EndpointCapacityOptions>;
  /** Test that an endpoint of this stage must pass before the deployment goes on. @internal */
  public readonly _endpointTest: Required<EndpointTestOptions>;
  /** Retirement of targets and endpoints in accounts that leave the stage, if it is set. */
  public readonly retirement?: StageRetirement;
  /** Model monitoring of this stage, if there is any. */
  public readonly monitoring?: StageMonitoringOptions;
  /** Origin of the models that endpoints of this stage load. */
  public readonly promotion: ModelPromotion;
  /** Ids of the accounts that are about to leave the stage. */
  public readonly retiringAccounts: string[];
  /** Ids of the accounts of the stage, empty where it is not a list of accounts. */
  public readonly accountIds: string[];
  /** Id of the organization, where the stage is a set of organizational units. */
  public readonly organizationId?: string;
  /** Paths of the organizational units of the stage, empty where it is not a set of them. */
  public readonly organizationalUnitPaths: string[];
  /** Id of the account that creates the targets of the stage and lists its accounts, where the stage is a set of organizational units. */
  public readonly platformAccount?: string;

  /** True if models are deployed in the data science account itself. */
  public get isSameAccount(): boolean {
    return this._accounts instanceof SameAccount;
  }

  /** Whether something reads the environment's releases: models, unless the target has copies of its own, and monitors. @internal */
  public get _readsReleases(): boolean {
    return !this.promotion.hasModelCopies || this.monitoring !== undefined;
  }

  /** Instance type of the monitoring jobs. @internal */
  public get _monitoringInstanceType(): string {
    return this.monitoring?.instanceType ?? 'ml.m5.large';
  }

  /** Name of this stage in a CodePipeline pipeline, such as `Production` for `production`. */
  public get pipelineStageName(): string {
    return this.stageName[0].toUpperCase() + this.stageName.slice(1);
  }

  /**
   * Name of the CodePipeline stage for the approval, such as `ApproveProduction` for `production`.
   *
   * The approval has a CodePipeline stage of its own, because a rollback runs a whole stage again and would wait for another
   * approval.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
   */
  public get approvalStageName(): string {
    return `Approve${this.pipelineStageName}`;
  }

  private constructor(
    /** Name of the stage. */
    public readonly stageName: string,
    options: DeploymentStageOptions,
    /** The accounts of the stage, which answer for what differs between the kinds of stages. @internal */
    public readonly _accounts: StageAccounts,
  ) {
    checkRequired(`DeploymentStage '${stageName}'`, { name: stageName }, { name: ANYTHING });
    const check = new InputCheck(`DeploymentStage '${stageName}'`)
      .matches('name', stageName, /^[a-z][a-z0-9]{0,11}$/, 'be 1–12 lower-case letters and digits, and begin with a letter')
      .unique('retiringAccounts', options.retiringAccounts)
      .accountIds('retiringAccounts', options.retiringAccounts)
      .that('monitoring.instanceType', options.monitoring?.instanceType, isInstanceType, 'be a type such as ml.m5.large');
    this._endpointCapacity = capacityOf(check, options.endpointCapacity);
    this._endpointTest = endpointTestOf(check, options.endpointTest);
    check.that('monitoring', options.monitoring, () => this._endpointCapacity.capturePercentage !== 0, 'not be given where endpoints capture nothing',
      'Let endpointCapacity.capturePercentage be at least 1').throwIfInvalid();
    this.approval = options.approval ?? ModelApproval.automatic();
    this.retirement = options.retirement;
    this.monitoring = options.monitoring;
    this.promotion = options.promotion ?? ModelPromotion.none();
    this.retiringAccounts = options.retiringAccounts ?? [];
    this.accountIds = _accounts.accountIds;
    this.organizationId = _accounts.organizationId;
    this.organizationalUnitPaths = _accounts.organizationalUnitPaths;
    this.platformAccount = _accounts.platformAccount;
  }

  /** The stage under a name that a form asks for. @internal */
  public _called(stageName: string): DeploymentStage {
    return Object.assign(Object.create(DeploymentStage.prototype) as DeploymentStage, this, { stageName });
  }
}
