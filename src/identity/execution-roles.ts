import { Token } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRole } from '../names';
import { ExecutionGuardrails, ExecutionGuardrailsOptions, WorkloadSettings } from './execution-guardrails';
import { ManagedRole } from './managed-role';
import { NAMES } from '../names/kinds';
import { acknowledge } from '../private/acknowledgements';
import { InputCheck } from '../private/input-check';
import { checkRequired, KEY, listOf, SECURITY_GROUP, SUBNETS, TEXT } from '../private/required-input';
import { BATCH_INFERENCE } from '../roles/batch-inference';
import { ExecutionContext, FeatureStoreParts, passing, RoleCard } from '../roles/card';
import { EXECUTION_ROLES } from '../roles/cards';
import { DATA_PREPARATION } from '../roles/data-preparation';
import { FEATURE_STORE } from '../roles/feature-store';
import { JOB_EXECUTION } from '../roles/job-execution';
import { MODEL_EXECUTION } from '../roles/model-execution';
import { PIPELINE_EXECUTION } from '../roles/pipeline-execution';
import { EXECUTION_ROLES as ACKNOWLEDGEMENTS } from './private/execution-role-acknowledgements';
import { SHARED_SPACE } from '../roles/shared-space';
import { Arns } from '../roles/statements/arns';
import { ImageSources } from '../roles/statements/container-statements';
import { LAUNCH_PRODUCTS } from '../roles/statements/perms';
import { STUDIO_EXECUTION } from '../roles/studio-execution';

/** Settings of execution roles. */
export interface ExecutionRolesOptions {
  /**
   * Settings of the guardrails of jobs, models and applications.
   *
   * @default - this network, these keys, encryption between containers, common instance types, one day at most
   */
  readonly guardrails?: ExecutionGuardrailsOptions;

  /**
   * Ids of accounts whose registries images may come from, such as a company's, besides this account and those of AWS that
   * hold the images of SageMaker in the region.
   *
   * @default - none
   */
  readonly imageAccounts?: string[];
}

/** Properties of execution roles. */
export interface ExecutionRolesProps extends ExecutionRolesOptions, WorkloadSettings {
  /** Names of the environment, and how its roles are made. */
  readonly names: EnvironmentNames;
  /** The key of Studio's own storage. */
  readonly studioStorageKey: IKey;
  /**
   * Permission to share spaces of Studio, whose applications run with a role of their own.
   *
   * @default false
   */
  readonly sharedSpaces?: boolean;
  /**
   * Bucket of the offline stores of feature groups, with its key.
   *
   * A role is created with which SageMaker writes them.
   *
   * @default - no feature groups
   */
  readonly offlineStore?: IBucket;
}

/**
 * The roles that SageMaker runs things with, each with what its work takes and no more.
 *
 * Who orchestrates (`pipeline`) reads no data; what reads data (`job`) starts nothing.
 */
export class ExecutionRoles extends Construct {
  /** Execution role of Studio applications. */
  public readonly studioRole: ManagedRole;
  /** Execution role of the Studio applications of ML engineers, which also prepares data. */
  public readonly dataPreparationRole: ManagedRole;
  /** Execution role of Studio applications in shared spaces, if spaces are shared. */
  public readonly sharedSpaceRole?: ManagedRole;
  /** Execution role of SageMaker pipelines. */
  public readonly pipelineRole: ManagedRole;
  /** Execution role of jobs. */
  public readonly jobRole: ManagedRole;
  /** Execution role of hosted models. */
  public readonly modelRole: ManagedRole;
  /** Role with which SageMaker writes offline stores of feature groups, if there is a feature store. */
  public readonly featureStoreRole?: ManagedRole;
  /** Guardrails of jobs, models and applications. */
  public readonly guardrails: ExecutionGuardrails;
  private readonly made = new Map<EnvironmentRole, ManagedRole>();
  private readonly context: ExecutionContext;

  constructor(scope: Construct, id: string, props: ExecutionRolesProps) {
    super(scope, id);
    checkRequired(this, props, {
      names: NAMES, subnets: SUBNETS, securityGroups: listOf(SECURITY_GROUP), volumeKey: KEY, studioStorageKey: KEY, outputKeys: listOf(KEY),
    });
    acknowledge(this, ACKNOWLEDGEMENTS);
    const { names, subnets, volumeKey, studioStorageKey, outputKeys } = props;
    new InputCheck(this)
      .every('imageAccounts', props.imageAccounts, (account) => Token.isUnresolved(account) || /^\d{12}$/.test(account), 'be account ids of 12 digits')
      .unique('imageAccounts', props.imageAccounts)
      .throwIfInvalid();
    const arns = new Arns(this, names);
    this.context = { scope: this, names, arns, subnets, volumeKey, studioStorageKey, outputKeys, images: arns.images(props.imageAccounts ?? []) };
    this.studioRole = this.make(STUDIO_EXECUTION);
    this.dataPreparationRole = this.make(DATA_PREPARATION);
    this.sharedSpaceRole = props.sharedSpaces ? this.make(SHARED_SPACE) : undefined;
    this.pipelineRole = this.make(PIPELINE_EXECUTION);
    this.jobRole = this.make(JOB_EXECUTION);
    this.modelRole = this.make(MODEL_EXECUTION);
    this.featureStoreRole = props.offlineStore ? this.make(FEATURE_STORE) : undefined;
    const arnsOf = (roles: readonly EnvironmentRole[]) => roles.flatMap((role) => this.made.get(role)?.roleArn ?? []);
    for (const [card, role] of this.cards) {
      role.addToPolicy(...card.may(this.context), ...props.sharedSpaces ? card.mayShareSpaces?.(this.context) ?? [] : [], ...passing(card, arnsOf));
    }

    const guarded = this.cards.filter(([card]) => card.isGuarded).map(([, role]) => role);
    this.guardrails = new ExecutionGuardrails(this, 'Guardrails', {
      ...props.guardrails,
      subnets,
      securityGroups: props.securityGroups,
      volumeKey,
      outputKeys,
      offlineStore: props.offlineStore,
      roles: guarded.filter((role) => !role.isImported).map((role) => role.role),
      path: names.rolePath,
    });
    for (const role of guarded.filter((one) => one.isImported)) role.addToPolicy(...this.guardrails.statements);
    for (const role of guarded) role._countAlso(this.guardrails.policies);
  }

  /** Execution role of batch transform jobs, or undefined before the first project template for batch inference, which creates it. */
  public get batchInferenceRole(): ManagedRole | undefined {
    return this.made.get(EnvironmentRole.BATCH_INFERENCE);
  }

  /**
   * Lets Studio change, stop and remove what was made in a domain, whatever its name, and pipelines stop it.
   *
   * Without it they may do so with what the environment's names begin.
   */
  public allowWorkOfDomain(domainArn: string): void {
    for (const [card, role] of this.cards) role.addToPolicy(...card.mayInDomain?.(this.context, domainArn) ?? []);
  }

  /** Lets Studio launch a project template. */
  public allowProjectProduct(productArn: string): void {
    checkRequired(this, { productArn }, { productArn: TEXT });
    for (const [card, role] of this.cards) {
      if (card.mayLaunch === 'projects') role.addToPolicy(new PolicyStatement({ actions: LAUNCH_PRODUCTS, resources: [productArn] }));
    }
  }

  /**
   * Lets Studio launch project templates from a bucket.
   *
   * SageMaker makes their stacks as whoever launches, with the launch role, so what is launched is limited here.
   */
  public allowProjectTemplates(launchRoleArn: string, templateUrls: string): void {
    for (const [card, role] of this.cards) role.addToPolicy(...card.mayLaunchFromS3?.(this.context, launchRoleArn, templateUrls) ?? []);
  }

  /** Lets Studio and jobs work with the MLflow tracking server, from this VPC. @internal */
  public _allowTracking(vpcId: string): void {
    for (const [card, role] of this.cards) role.addToPolicy(...card.mayTrack?.(this.context, vpcId) ?? []);
  }

  /** Lets Studio and jobs work with feature groups. @internal */
  public _allowFeatures(store: FeatureStoreParts): void {
    for (const [card, role] of this.cards) role.addToPolicy(...card.mayUseFeatures?.(this.context, store) ?? []);
  }

  /** Where images come from. @internal */
  public get _images(): ImageSources {
    return this.context.images;
  }

  /** Every role that was made or given, by which it is. @internal */
  public get _all(): ReadonlyMap<EnvironmentRole, ManagedRole> {
    return this.made;
  }

  private make(card: RoleCard<ExecutionContext>): ManagedRole {
    const role = ManagedRole._of(this, { names: this.context.names, card });
    this.made.set(card.role, role);
    return role;
  }

  /** Creates the execution role of batch transform jobs, which an environment without batch inference has no use for. @internal */
  public _enableBatchInference(): ManagedRole {
    const batch = this.make(BATCH_INFERENCE);
    batch.addToPolicy(...BATCH_INFERENCE.may(this.context));
    this.pipelineRole.addToPolicy(...passing(PIPELINE_EXECUTION, () => [batch.roleArn]));
    return batch;
  }

  private get cards(): [RoleCard<ExecutionContext>, ManagedRole][] {
    return EXECUTION_ROLES.flatMap((card): [RoleCard<ExecutionContext>, ManagedRole][] => {
      const role = this.made.get(card.role);
      return role ? [[card, role]] : [];
    });
  }
}
