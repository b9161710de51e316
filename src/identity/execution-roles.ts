import { Token } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledgements';
import { EnvironmentRegistry, EnvironmentRole, EnvironmentRoleOptions } from '../registry';
import { ExecutionGuardrails, ExecutionGuardrailsOptions } from './execution-guardrails';
import { ExecutionRole } from './execution-role';
import { LAUNCH_PRODUCTS } from './perms';
import { InputCheck } from '../private/input-check';
import { isException } from '../private/role-settings';
import { EXECUTION_ROLES } from './private/execution-role-acknowledgements';
import { WorkloadStatements } from './private/statements';

/** Execution roles that exist already. What is not given is created. */
export interface GivenExecutionRoles {
  /**
   * What people's Studio applications run as.
   * @default - a new role
   */
  readonly studio?: IRole;
  /**
   * What ML engineers' Studio applications run as.
   * @default - a new role
   */
  readonly dataPreparation?: IRole;
  /**
   * What pipelines orchestrate as.
   * @default - a new role
   */
  readonly pipeline?: IRole;
  /**
   * What runs inside jobs.
   * @default - a new role
   */
  readonly job?: IRole;
  /**
   * What hosted models run as.
   * @default - a new role
   */
  readonly model?: IRole;
}

/** What may be decided about execution roles. */
export interface ExecutionRolesOptions {
  /**
   * Roles that exist already.
   *
   * @default - all roles are created
   */
  readonly given?: GivenExecutionRoles;

  /**
   * What jobs, models and applications must be like.
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
export interface ExecutionRolesProps extends ExecutionRolesOptions {
  /** Names the roles. */
  readonly registry: EnvironmentRegistry;
  /** The subnets in which work runs. */
  readonly subnets: ISubnet[];
  /** The security groups that work may have. */
  readonly securityGroups: ISecurityGroup[];
  /** The key of storage volumes. */
  readonly volumeKey: IKey;
  /** The key of Studio's own storage. */
  readonly studioStorageKey: IKey;
  /** The keys with which jobs may encrypt what they write. */
  readonly outputKeys: IKey[];
  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/**
 * The roles that SageMaker runs things with, each with what its work takes and no more. Who orchestrates (`pipeline`)
 * reads no data; what reads data (`job`) starts nothing.
 */
export class ExecutionRoles extends Construct {
  /** What people's Studio applications run as. */
  public readonly studio: ExecutionRole;
  /** What ML engineers' Studio applications run as: as `studio`, and prepares data. */
  public readonly dataPreparation: ExecutionRole;
  /** What pipelines orchestrate as. */
  public readonly pipeline: ExecutionRole;
  /** What runs inside jobs. */
  public readonly job: ExecutionRole;
  /** What hosted models run as. */
  public readonly model: ExecutionRole;
  /** What jobs, models and applications must be like. */
  public readonly guardrails: ExecutionGuardrails;
  private readonly may: WorkloadStatements;
  private readonly roleOptions?: EnvironmentRoleOptions;
  private readonly registry: EnvironmentRegistry;
  private batch?: ExecutionRole;

  constructor(scope: Construct, id: string, props: ExecutionRolesProps) {
    super(scope, id);
    acknowledge(this, EXECUTION_ROLES);
    const { given = {}, registry } = props;
    new InputCheck(this)
      .every('imageAccounts', props.imageAccounts, (account) => Token.isUnresolved(account) || /^\d{12}$/.test(account), 'be account ids of 12 digits')
      .unique('imageAccounts', props.imageAccounts)
      .throwIfInvalid();
    this.registry = registry;
    this.roleOptions = props.roleOptions;
    const make = (name: string, environmentRole: EnvironmentRole, description: string, role?: IRole) =>
      new ExecutionRole(this, name, {
        registry,
        environmentRole,
        description,
        given: role,
        roleOptions: role && !isException(props.roleOptions, environmentRole) ? undefined : props.roleOptions,
      });
    this.studio = make('Studio', EnvironmentRole.STUDIO_EXECUTION, 'What Studio applications run as', given.studio);
    this.dataPreparation = make('DataPreparation', EnvironmentRole.DATA_PREPARATION, 'What Studio applications of ML engineers run as', given.dataPreparation);
    this.pipeline = make('Pipeline', EnvironmentRole.PIPELINE_EXECUTION, 'What SageMaker pipelines orchestrate as', given.pipeline);
    this.job = make('Job', EnvironmentRole.JOB_EXECUTION, 'What runs inside jobs', given.job);
    this.model = make('Model', EnvironmentRole.MODEL_EXECUTION, 'What hosted models run as', given.model);

    const may = new WorkloadStatements(this, props);
    this.may = may;
    for (const notebook of [this.studio, this.dataPreparation]) {
      notebook.addToPolicy(
        may.seeSageMaker(), ...may.followWork(), ...may.startJobs(), ...may.changeOwnWork(), ...may.runPipelines(), ...may.registerModels(),
        ...may.trackExperiments(), ...may.ownStudio(), ...may.workOnProjects(), ...may.encryptVolumes(), ...may.runInTheVpc(),
        may.pass([notebook.roleArn, this.pipeline.roleArn, this.job.roleArn]),
      );
    }
    this.pipeline.addToPolicy(
      may.seeSageMaker(), ...may.startJobs(), ...may.endJobsOfPipelines(), ...may.registerModels(),
      ...may.trackExperiments(), ...may.encryptVolumes(), may.pass([this.job.roleArn]),
    );
    this.job.addToPolicy(...may.runInTheVpc());
    this.model.addToPolicy(...may.runInTheVpc());

    this.guardrails = new ExecutionGuardrails(this, 'Guardrails', {
      ...props.guardrails,
      subnets: props.subnets,
      securityGroups: props.securityGroups,
      volumeKey: props.volumeKey,
      outputKeys: props.outputKeys,
      roles: this.all.filter((role) => !role.isGiven).map((role) => role.role),
      path: props.roleOptions?.path,
    });
    for (const role of this.all.filter((one) => one.isGiven)) role.addToPolicy(...this.guardrails.statements);
    for (const role of this.all) role._countAlso(this.guardrails.policies);
  }

  /**
   * What batch transform runs as: reads released models and data, writes what was inferred, starts nothing. Made when it is first
   * asked for: an environment that infers in no batches has no use for it.
   */
  public get batchInference(): ExecutionRole {
    return this.batch ??= this.makeBatchInference();
  }

  /**
   * Lets Studio change, stop and remove what was made in a domain, whatever its name, and pipelines stop it. Without it they
   * may do so with what the environment's names begin.
   */
  public allowWorkOfDomain(domainArn: string): void {
    for (const notebook of [this.studio, this.dataPreparation]) notebook.addToPolicy(...this.may.changeWorkOfDomain(domainArn));
    this.pipeline.addToPolicy(...this.may.endJobsOfDomain(domainArn));
  }

  /** Lets Studio launch a project template. */
  public allowProjectProduct(productArn: string): void {
    for (const notebook of [this.studio, this.dataPreparation]) {
      notebook.addToPolicy(new PolicyStatement({ actions: LAUNCH_PRODUCTS, resources: [productArn] }));
    }
  }

  /**
   * Lets Studio launch project templates from a bucket. SageMaker makes their stacks as whoever launches, with the launch
   * role, so what is launched is limited here.
   */
  public allowProjectTemplates(launchRoleArn: string, templateUrls: string): void {
    for (const notebook of [this.studio, this.dataPreparation]) notebook.addToPolicy(...this.may.launchFromS3(launchRoleArn, templateUrls));
  }

  private makeBatchInference(): ExecutionRole {
    const role = new ExecutionRole(this, 'BatchInference', {
      registry: this.registry, environmentRole: EnvironmentRole.BATCH_INFERENCE, description: 'What batch transform runs as', roleOptions: this.roleOptions,
    });
    role.addToPolicy(...this.may.runInTheVpc());
    this.pipeline.addToPolicy(this.may.pass([role.roleArn]));
    return role;
  }

  /** The roles that start or are work. */
  private get all(): ExecutionRole[] {
    return [this.studio, this.dataPreparation, this.pipeline, this.job];
  }
}
