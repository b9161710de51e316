import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import { StringListParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { EnvironmentParameter } from './environment-parameter';
import { EnvironmentRole, TargetRole } from './environment-role';
import { KeyPurpose, TargetKeyPurpose } from './key-purpose';
import { EnvironmentRoleOptions, RolePath } from './role-options';
import { InputCheck, isLookedUpLater } from '../private/input-check';
import { checkRoleSettings } from '../private/role-settings';
import { checkNames } from './private/registry-rules';

/** What names an environment, everywhere and for everyone. */
export interface EnvironmentRegistryProps {
  /**
   * Name of the environment: 1–20 characters, lower-case letters and digits in groups joined by single hyphens.
   */
  readonly environmentName: string;

  /** The account that the environment is in. */
  readonly account: string;

  /** The region that the environment is in. */
  readonly region: string;

  /**
   * The partition that the environment is in.
   *
   * @default - the partition of the stack in which the name is used
   */
  readonly partition?: string;

  /**
   * Path of the environment's roles, with a slash at both ends.
   *
   * @default '/'
   */
  readonly rolePath?: string;

  /**
   * Roles of the environment that have another path.
   *
   * @default - none
   */
  readonly rolePaths?: RolePath[];
}

/**
 * The names that an environment, its project templates and its deployment targets share. All of them derive from
 * environment name, account and region, so that another app or account finds them without a look-up.
 *
 * Two hyphens separate the environment's name from what follows: `churn-*` would also match the environment `churn-2`,
 * `churn--*` does not.
 */
export class EnvironmentRegistry {
  /**
   * The registry of an environment that lives in the stack of `scope`.
   *
   * @param roleOptions what the environment's roles are made with: their paths are part of their ARNs
   */
  public static inStackOf(scope: Construct, environmentName: string, roleOptions: EnvironmentRoleOptions = {}): EnvironmentRegistry {
    const { account, region, partition } = Stack.of(scope);
    checkRoleSettings(scope, roleOptions);
    const rolePaths = (roleOptions.exceptions ?? []).flatMap(({ role, path }) => (path === undefined ? [] : [{ role, path }]));
    const names = { environmentName, account, region, partition, rolePath: roleOptions.path, rolePaths };
    return EnvironmentRegistry._at(scope, names);
  }

  /**
   * The registry of names that were given to a construct.
   *
   * @internal
   */
  public static _at(place: Construct, names: EnvironmentRegistryProps): EnvironmentRegistry {
    checkNames(place, names);
    return new EnvironmentRegistry(names);
  }

  /** Name of the environment. */
  public readonly environmentName: string;
  /** The account that the environment is in. */
  public readonly account: string;
  /** The region that the environment is in. */
  public readonly region: string;
  /** The partition that the environment is in. */
  public readonly partition: string;
  /** Path of the environment's roles, but for those in `rolePaths`. */
  public readonly rolePath: string;
  /** Roles of the environment that have another path. */
  public readonly rolePaths: RolePath[];

  constructor(props: EnvironmentRegistryProps) {
    checkNames('EnvironmentRegistry', props);
    // Names of roles and buckets are made of it, also where it is not looked up yet: they have to be some.
    this.environmentName = isLookedUpLater(props.environmentName) ? 'not-looked-up-yet' : props.environmentName;
    this.account = props.account;
    this.region = props.region;
    this.partition = props.partition ?? Aws.PARTITION;
    this.rolePath = props.rolePath ?? '/';
    this.rolePaths = props.rolePaths ?? [];
  }

  /** Name of a role of the environment. Roles are global, so the region is in it. */
  public roleName(role: EnvironmentRole): string {
    return `${this.environmentName}--${role}-${this.region}`;
  }

  /** Path of a role of the environment. */
  public rolePathOf(role: EnvironmentRole): string {
    return this.rolePaths.find((one) => one.role === role)?.path ?? this.rolePath;
  }

  /** ARN of a role of the environment, in its account. */
  public roleArn(role: EnvironmentRole): string {
    return `arn:${this.partition}:iam::${this.account}:role${this.rolePathOf(role)}${this.roleName(role)}`;
  }

  /** Name of a role in the target accounts of a stage. */
  public targetRoleName(stageName: string, role: TargetRole): string {
    return `${this.environmentName}--${stageName}--${role}-${this.region}`;
  }

  /** ARN of a role in one of a stage's target accounts. The role that deploys has no path: stack sets know none. */
  public targetRoleArn(stageName: string, role: TargetRole, account: string): string {
    const path = role === TargetRole.DEPLOYMENT ? '/' : this.rolePath;
    return `arn:${this.partition}:iam::${account}:role${path}${this.targetRoleName(stageName, role)}`;
  }

  /**
   * What names of everything begin with that project templates make: repositories, builds, pipelines, model package groups.
   * A project's name and id follow.
   */
  public get projectPrefix(): string {
    return `${this.environmentName}--`;
  }

  /** What names of endpoints, endpoint stack sets and all that belongs to them begin with, in a stage. */
  public endpointPrefix(stageName: string): string {
    return `${this.environmentName}--${stageName}--`;
  }

  /**
   * Name of a model's endpoint in a stage, and of the stack set that deploys it.
   *
   * @param modelName lower-case letters, digits and single hyphens; with the prefix at most 63 characters
   */
  public endpointName(stageName: string, modelName: string): string {
    const name = `${this.endpointPrefix(stageName)}${modelName}`;
    new InputCheck('EnvironmentRegistry')
      .matches('modelName', modelName, /^[a-z0-9]+(-[a-z0-9]+)*$/, 'be lower-case letters and digits in groups joined by single hyphens')
      .that('modelName', name, (whole) => whole.length <= 63, `have at most ${63 - this.endpointPrefix(stageName).length} characters`,
        'The endpoint is named after environment, stage and model, and SageMaker allows 63 characters')
      .done();
    return name;
  }

  /** Name of the role, in the account of the platform, that lists the accounts of a stage of organizational units. */
  public listingRoleName(stageName: string): string {
    return `${this.environmentName}--${stageName}--list-${this.region}`;
  }

  /** ARN of that role. */
  public listingRoleArn(stageName: string, platformAccount: string): string {
    return `arn:${this.partition}:iam::${platformAccount}:role/${this.listingRoleName(stageName)}`;
  }

  /** Alias of one of a target's keys, with the prefix `alias/`. */
  public targetKeyAlias(stageName: string, purpose: TargetKeyPurpose): string {
    return `alias/${this.environmentName}--${stageName}--${purpose}`;
  }

  /** Alias of one of the environment's keys, with the prefix `alias/`. */
  public keyAlias(purpose: KeyPurpose): string {
    return `alias/${this.environmentName}--${purpose}`;
  }

  /**
   * Name of the bucket of released models, the only one that other accounts must know. The other buckets have
   * generated names, which are in the registry's parameters.
   */
  public get releasesBucketName(): string {
    return `${this.environmentName}--releases-${this.account}-${this.region}`;
  }

  /**
   * Regular expression of that name, for a template's parameter, which takes no intrinsic: where account and region are those
   * of whoever deploys, any will do. What may be read from which bucket is said by roles.
   *
   * @internal
   */
  public get _releasesBucketPattern(): string {
    const known = (value: string, otherwise: string) => (Token.isUnresolved(value) ? otherwise : value);
    return `${this.environmentName}--releases-${known(this.account, '[0-9]{12}')}-${known(this.region, '[a-z0-9-]+')}`;
  }

  /** Name of the repository of released images. A slash keeps it apart from environments whose names begin alike. */
  public get releasesRepositoryName(): string {
    return `${this.environmentName}/releases`;
  }

  /**
   * Name of the bucket of a target's own copies of released models. What it is for is left out: with the longest names the
   * rest has the 63 characters that S3 allows.
   */
  public targetModelsBucketName(stageName: string, account: string): string {
    return `${this.environmentName}--${stageName}--${account}-${this.region}`;
  }

  /** Name of the repository of a target's own copies of released images. */
  public targetRepositoryName(stageName: string): string {
    return `${this.environmentName}/${stageName}/releases`;
  }

  /** ARN of the bucket of released models, known by its name. */
  public get releasesBucketArn(): string {
    return `arn:${this.partition}:s3:::${this.releasesBucketName}`;
  }

  /** Name of the event bus, in the data-science account, to which targets report alarms of monitors. */
  public get monitoringBusName(): string {
    return `${this.environmentName}--monitoring`;
  }

  /** ARN of that event bus. */
  public get monitoringBusArn(): string {
    return `arn:${this.partition}:events:${this.region}:${this.account}:event-bus/${this.monitoringBusName}`;
  }

  /** Name of the group that the schedules of monitors are in, in a stage's target accounts. */
  public monitoringScheduleGroupName(stageName: string): string {
    return `${this.environmentName}--${stageName}`;
  }

  /** CloudWatch namespace of what monitors measure, in a stage's target accounts. */
  public monitoringNamespace(stageName: string): string {
    return `secure-mlops/${this.environmentName}/${stageName}/monitoring`;
  }

  /** Name of the Athena work group, and of the Glue security configuration, with which data is prepared. */
  public get dataPreparationName(): string {
    return `${this.environmentName}--data-preparation`;
  }

  /** Name of the Glue database in which prepared data is described. Glue and Athena take no hyphens, and no environment has an underscore. */
  public get databaseName(): string {
    const name = this.environmentName;
    return `${Token.isUnresolved(name) ? Fn.join('_', Fn.split('-', name)) : name.replace(/-/g, '_')}__data`;
  }

  /** What names of the environment's parameters begin with, in the data-science account and in targets. */
  public get parameterPrefix(): string {
    return `/secure-mlops/${this.environmentName}/`;
  }

  /** Name of a parameter in the data-science account: `/secure-mlops/<environmentName>/<path>`. */
  public parameterName(parameter: EnvironmentParameter): string {
    return `${this.parameterPrefix}${parameter.path}`;
  }

  /** Name of a parameter in a target account: `/secure-mlops/<environmentName>/<stage>/<room>/<what>`. */
  public targetParameterName(stageName: string, room: string, what: string): string {
    return `/secure-mlops/${this.environmentName}/${stageName}/${room}/${what}`;
  }

  /** Writes the value of a parameter, for project templates and people. */
  public publish(scope: Construct, parameter: EnvironmentParameter, value: string): StringParameter {
    return new StringParameter(scope, idOf(parameter), { ...this.named(this.parameterName(parameter)), stringValue: value });
  }

  /** Writes the value of a parameter that holds a list. */
  public publishList(scope: Construct, parameter: EnvironmentParameter, values: string[]): StringListParameter {
    return new StringListParameter(scope, idOf(parameter), { ...this.named(this.parameterName(parameter)), stringListValue: values });
  }

  /** Publishes a value in a target account. */
  public publishInTarget(scope: Construct, stageName: string, room: string, what: string, value: string): StringParameter {
    return new StringParameter(scope, `Parameter-${room}-${what}`, { ...this.named(this.targetParameterName(stageName, room, what)), stringValue: value });
  }

  /** Publishes a list of values in a target account. */
  public publishListInTarget(scope: Construct, stageName: string, room: string, what: string, values: string[]): StringListParameter {
    return new StringListParameter(scope, `Parameter-${room}-${what}`, { ...this.named(this.targetParameterName(stageName, room, what)), stringListValue: values });
  }

  private named(parameterName: string): { parameterName: string; simpleName?: boolean } {
    return { parameterName, simpleName: Token.isUnresolved(this.environmentName) ? false : undefined };
  }
}

function idOf({ path }: EnvironmentParameter): string {
  return `Parameter-${path.replace('/', '-')}`;
}
