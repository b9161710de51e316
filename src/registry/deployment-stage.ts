import { ModelApproval } from './model-approval';
import { ModelPromotion } from './model-promotion';
import { StageEndpoints } from './stage-endpoints';
import { StageMonitoring } from './stage-monitoring';
import { StageRetirement } from './stage-retirement';
import { StageTests } from './stage-tests';
import { InputCheck } from '../private/input-check';

/** Options of every deployment stage. */
export interface DeploymentStageOptions {
  /**
   * Who lets a model version pass into this stage.
   *
   * @default ModelApproval.automatic()
   */
  readonly approval?: ModelApproval;

  /**
   * What endpoints of this stage run on.
   *
   * @default StageEndpoints.sized()
   */
  readonly endpoints?: StageEndpoints;

  /**
   * What an endpoint of this stage must answer before the deployment goes on.
   *
   * @default StageTests.samples()
   */
  readonly tests?: StageTests;

  /**
   * What becomes of targets and endpoints in accounts that leave the stage.
   *
   * @default - targets stay in accounts that leave their unit, and endpoints of delivery pipelines until somebody says;
   * what a stack set of this library has placed in a list goes with the account's place in the list
   */
  readonly retirement?: StageRetirement;

  /**
   * How models of this stage are monitored.
   *
   * @default - not at all: nothing reads what endpoints capture
   */
  readonly monitoring?: StageMonitoring;

  /**
   * From where endpoints of this stage read their models. Not for a stage in the data-science account itself.
   *
   * @default ModelPromotion.none()
   */
  readonly promotion?: ModelPromotion;

  /**
   * Ids of accounts that are about to leave the stage. No model goes there any more, and the endpoints that are there are
   * retired while policies still let us in: without that, nobody here could remove them afterwards. They stay among the accounts
   * of the stage, or in their unit, until that is done.
   *
   * @default - no account
   */
  readonly leaving?: string[];
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
   * Paths of the units from the organization down, such as `o-exampleorg/r-ab12/ou-ab12-prod1111/`. Accounts in units
   * below them belong to the stage as well.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data-orgs.html#access_policies_last-accessed-viewing-orgs-entity-path
   */
  readonly organizationalUnitPaths: string[];

  /**
   * The account of the platform that makes the targets of this stage (`DeploymentTargetStackSet`): it may look around in
   * the organization, and delivery pipelines ask it which accounts are in the units.
   *
   * @default - delivery pipelines ask AWS Organizations themselves, which the organization must allow the environment's account
   * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_delegate_policies.html
   */
  readonly platformAccount?: string;
}

const UNIT_PATH = /^o-[a-z0-9]{10,32}\/r-[a-z0-9]{4,32}\/(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\/)+$/;

/** Where models are deployed, one stage after the other: plain data that other accounts can be told. */
export class DeploymentStage {
  /** A stage that is a list of accounts. */
  public static accounts(name: string, options: AccountsStageOptions): DeploymentStage {
    new InputCheck(`DeploymentStage '${name}'`)
      .given('accounts', options.accounts)
      .notEmpty('accounts', options.accounts)
      .every('accounts', options.accounts, (id, index) => options.accounts.indexOf(id) === index, 'have no element twice')
      .accountIds('accounts', options.accounts)
      .every('leaving', options.leaving, (id) => options.accounts.includes(id), 'be among the accounts of the stage until their endpoints have gone')
      .that('leaving', options.leaving, (ids) => options.accounts.some((id) => !ids.includes(id)), 'leave at least one account in the stage',
        'A stage that ends goes from deploymentStages, when its endpoints have gone')
      .done();
    return new DeploymentStage(name, options, { accounts: options.accounts });
  }

  /** A stage that is everything in some organizational units, now and later. */
  public static organizationalUnits(name: string, options: OrganizationalUnitsStageOptions): DeploymentStage {
    const { organizationId, organizationalUnitPaths: paths, platformAccount } = options;
    new InputCheck(`DeploymentStage '${name}'`)
      .given('organizationId', organizationId, 'It is the first part of the path of a unit')
      .organizationId('organizationId', organizationId)
      .given('organizationalUnitPaths', paths)
      .notEmpty('organizationalUnitPaths', paths)
      .every('organizationalUnitPaths', paths, (path, index) => paths.indexOf(path) === index, 'have no element twice')
      .every('organizationalUnitPaths', paths, (path) => UNIT_PATH.test(path),
        'be paths from the organization down to a unit, such as o-exampleorg/r-ab12/ou-ab12-prod1111/')
      .every('organizationalUnitPaths', paths, (path) => !UNIT_PATH.test(path) || path.startsWith(`${organizationId}/`),
        `begin with the organization id ${organizationId}`)
      .accountId('platformAccount', platformAccount)
      .done();
    return new DeploymentStage(name, options, { organizationId, organizationalUnitPaths: paths, platformAccount });
  }

  /** A stage in the data-science account itself. */
  public static sameAccount(name: string, options: DeploymentStageOptions = {}): DeploymentStage {
    new InputCheck(`DeploymentStage '${name}'`)
      .that('promotion', options.promotion, ({ copiesModels }) => !copiesModels, 'not copy models of a stage in the data-science account itself',
        'A copy beside the original is lost with it. Use DeploymentStage.accounts or DeploymentStage.organizationalUnits')
      .that('leaving', options.leaving, (ids) => ids.length === 0, 'not be given for a stage in the data-science account, which has no other')
      .done();
    return new DeploymentStage(name, options, {});
  }

  /** Who lets a model version pass into this stage. */
  public readonly approval: ModelApproval;
  /** What endpoints of this stage run on. */
  public readonly endpoints: StageEndpoints;
  /** What an endpoint of this stage must answer before the deployment goes on. */
  public readonly tests: StageTests;
  /** What becomes of targets and endpoints in accounts that leave the stage, where that was chosen. */
  public readonly retirement?: StageRetirement;
  /** How models of this stage are monitored, if they are. */
  public readonly monitoring?: StageMonitoring;
  /** From where endpoints of this stage read their models. */
  public readonly promotion: ModelPromotion;
  /** The accounts that are about to leave the stage. */
  public readonly leaving: string[];
  /** The accounts of the stage; empty where it is not a list of accounts. */
  public readonly accountIds: string[];
  /** The organization of the stage, where it is a set of units. */
  public readonly organizationId?: string;
  /** The unit paths of the stage; empty where it is not a set of units. */
  public readonly organizationalUnitPaths: string[];
  /** The account of the platform that makes the targets of the stage, where it is a set of units and that account lists them. */
  public readonly platformAccount?: string;

  /** Whether models are deployed in the data-science account itself. */
  public get isSameAccount(): boolean {
    return this.accountIds.length === 0 && this.organizationalUnitPaths.length === 0;
  }

  /** How delivery pipelines call this stage: `Production` for `production`. */
  public get deliveryName(): string {
    return this.stageName[0].toUpperCase() + this.stageName.slice(1);
  }

  /**
   * How delivery pipelines call the stage before it, in which somebody approves: `ApproveProduction` for `production`. It is one
   * of its own, because a roll-back runs the whole stage again and would wait for another approval.
   *
   * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/stage-rollback.html
   */
  public get approvalName(): string {
    return `Approve${this.deliveryName}`;
  }

  private constructor(
    /** Name of the stage. */
    public readonly stageName: string,
    options: DeploymentStageOptions,
    targets: Partial<OrganizationalUnitsStageOptions & AccountsStageOptions>,
  ) {
    new InputCheck(`DeploymentStage '${stageName}'`)
      .given('name', stageName)
      .matches('name', stageName, /^[a-z][a-z0-9]{0,11}$/, 'be 1–12 lower-case letters and digits, and begin with a letter')
      .unique('leaving', options.leaving)
      .accountIds('leaving', options.leaving)
      .done();
    this.approval = options.approval ?? ModelApproval.automatic();
    this.endpoints = options.endpoints ?? StageEndpoints.sized();
    this.tests = options.tests ?? StageTests.samples();
    this.retirement = options.retirement;
    this.monitoring = options.monitoring;
    this.promotion = options.promotion ?? ModelPromotion.none();
    this.leaving = options.leaving ?? [];
    this.accountIds = targets.accounts ?? [];
    this.organizationId = targets.organizationId;
    this.organizationalUnitPaths = targets.organizationalUnitPaths ?? [];
    this.platformAccount = targets.platformAccount;
    if (this.monitoring !== undefined && this.endpoints.capturePercentage === 0) {
      new InputCheck(`DeploymentStage '${stageName}'`).report('monitoring', 'StageMonitoring.jobs()', 'not be given where endpoints capture nothing',
        'Let endpoints.capturePercentage be at least 1').done();
    }
  }
}
