import { Aws, Fn, Stack, Token } from 'aws-cdk-lib';
import { StringListParameter, StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { EnvironmentAttributes } from './environment-attributes';
import { EnvironmentParameter } from './environment-parameter';
import { EnvironmentRole, TargetRole } from './environment-role';
import { KeyPurpose, TargetKeyPurpose } from './key-purpose';
import { checkImageProject, checkModelName, checkNames, checkRole } from './private/name-rules';
import { EnvironmentRoleOptions, RolePath } from './role-options';
import { TargetParameter } from './target-parameter';
import { arnIn } from '../private/arn';
import { isLookedUpLater } from '../private/input-check';
import { checkRoleSettings, NamedRoleSettings, settingsOfRole } from '../private/role-settings';

/**
 * The names that an environment, its project templates and its deployment targets share.
 *
 * All names derive from environment name, account and region, so that another app or account finds them without a look-up. Two
 * hyphens follow the environment's name: `churn-*` would also match the environment `churn-2`, `churn--*` does not.
 */
export class EnvironmentNames {
  /**
   * Returns the names of an environment in the account and region of the stack of `scope`.
   *
   * @param roleOptions settings of the environment's roles, whose paths are part of their ARNs
   */
  public static forStack(scope: Construct, environmentName: string, roleOptions: EnvironmentRoleOptions = {}): EnvironmentNames {
    const { account, region, partition } = Stack.of(scope);
    checkRoleSettings(scope, roleOptions);
    const rolePaths = (roleOptions.exceptions ?? []).flatMap(({ role, path }) => (path === undefined ? [] : [{ role, path }]));
    const names = EnvironmentNames._at(scope, { environmentName, account, region, partition, rolePath: roleOptions.path, rolePaths });
    names.roleOptions = roleOptions;
    return names;
  }

  /**
   * The names that were given to a construct.
   *
   * @internal
   */
  public static _at(place: Construct, names: EnvironmentAttributes): EnvironmentNames {
    checkNames(place, names);
    return new EnvironmentNames(names);
  }

  /** Name of the environment. */
  public readonly environmentName: string;
  /** Id of the environment's account. */
  public readonly account: string;
  /** Region of the environment. */
  public readonly region: string;
  /** Partition of the environment. */
  public readonly partition: string;
  /** Path of the environment's roles, except for those in `rolePaths`. */
  public readonly rolePath: string;
  /** Roles of the environment that have another path. */
  public readonly rolePaths: RolePath[];
  private roleOptions?: EnvironmentRoleOptions;

  constructor(props: EnvironmentAttributes) {
    checkNames('EnvironmentNames', props);
    // Names of roles and buckets are made of it, also where it is not looked up yet: they have to be some.
    this.environmentName = isLookedUpLater(props.environmentName) ? 'not-looked-up-yet' : props.environmentName;
    this.account = props.account;
    this.region = props.region;
    this.partition = props.partition ?? Aws.PARTITION;
    this.rolePath = props.rolePath ?? '/';
    this.rolePaths = props.rolePaths ?? [];
  }

  /** Name, path and permissions boundary with which a role is made, also one that is no `EnvironmentRole`. @internal */
  public _roleSettings(role: string): NamedRoleSettings {
    const path = this.rolePathOf(role as EnvironmentRole);
    const { permissionsBoundary, existingRole, existingLogGroup } = settingsOfRole(this.roleOptions, role);
    if (existingRole) return { existingRole, existingLogGroup, environmentRole: role };
    return { roleName: `${this.environmentName}--${role}-${this.region}`, path: path === '/' ? undefined : path, permissionsBoundary, existingLogGroup, environmentRole: role };
  }

  /** The names of an environment that is called otherwise and has the same roles. @internal */
  public _of(environmentName: string): EnvironmentNames {
    const { account, region, partition, rolePath, rolePaths } = this;
    const names = new EnvironmentNames({ environmentName, account, region, partition, rolePath, rolePaths });
    names.roleOptions = this.roleOptions;
    return names;
  }

  /** Returns the name of a role of the environment, which includes the region because roles are global. */
  public roleName(role: EnvironmentRole): string {
    checkRole(role, EnvironmentRole);
    const { existingRole, roleName } = this._roleSettings(role);
    return existingRole?.roleName ?? roleName!;
  }

  /** Returns the path of a role of the environment, or the path that a new one would have where the role exists already. */
  public rolePathOf(role: EnvironmentRole): string {
    return this.rolePaths.find((one) => one.role === role)?.path ?? this.rolePath;
  }

  /** Returns the ARN of a role of the environment in its account. */
  public roleArn(role: EnvironmentRole): string {
    const { existingRole } = settingsOfRole(this.roleOptions, role);
    if (existingRole) return existingRole.roleArn;
    return arnIn(this, 'iam', `role${this.rolePathOf(role)}${this.roleName(role)}`);
  }

  /** Returns the name of a role in the target accounts of a stage. */
  public targetRoleName(stageName: string, role: TargetRole): string {
    checkRole(role, TargetRole);
    return `${this.environmentName}--${stageName}--${role}-${this.region}`;
  }

  /** Returns the ARN of a role in a target account of a stage, where the execution role of stack sets has no path. */
  public targetRoleArn(stageName: string, role: TargetRole, account: string): string {
    const path = role === TargetRole.DEPLOYMENT ? '/' : this.rolePath;
    return arnIn(this, 'iam', `role${path}${this.targetRoleName(stageName, role)}`, { account });
  }

  /** Prefix of the names of all resources of projects, which the name and id of the project follow. */
  public get projectPrefix(): string {
    return `${this.environmentName}--`;
  }

  /** Returns the prefix of the names of model endpoints and their stack sets in a stage. */
  public endpointPrefix(stageName: string): string {
    return `${this.environmentName}--${stageName}--`;
  }

  /**
   * Returns the name of a model's endpoint in a stage, and of the stack set that deploys it.
   *
   * @param modelName lower-case letters, digits and single hyphens, at most 63 characters together with the prefix
   */
  public endpointName(stageName: string, modelName: string): string {
    checkModelName(this.endpointPrefix(stageName), modelName);
    return `${this.endpointPrefix(stageName)}${modelName}`;
  }

  /** Returns the name of the role in the platform account that lists the accounts of a stage of organizational units. */
  public listingRoleName(stageName: string): string {
    return `${this.environmentName}--${stageName}--list-${this.region}`;
  }

  /** Returns the ARN of the role in the platform account that lists the accounts of a stage of organizational units. */
  public listingRoleArn(stageName: string, platformAccount: string): string {
    return arnIn(this, 'iam', `role/${this.listingRoleName(stageName)}`, { account: platformAccount });
  }

  /** Returns the alias of a KMS key of a target, with the prefix `alias/`. */
  public targetKeyAlias(stageName: string, purpose: TargetKeyPurpose): string {
    return `alias/${this.environmentName}--${stageName}--${purpose}`;
  }

  /** Returns the alias of a KMS key of the environment, with the prefix `alias/`. */
  public keyAlias(purpose: KeyPurpose): string {
    return `alias/${this.environmentName}--${purpose}`;
  }

  /** Name of the bucket of released models, the only bucket that other accounts must know. */
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

  /** Name of the Amazon ECR repository of images of released models, whose slash keeps it apart from environments that begin alike. */
  public get releasesRepositoryName(): string {
    return `${this.environmentName}/releases`;
  }

  /** Name of the Amazon ECR repository of the images that projects build. */
  public get imagesRepositoryName(): string {
    return `${this.environmentName}/images`;
  }

  /** Name of the Amazon ECR repository of those images of projects that were released. */
  public get releasedImagesRepositoryName(): string {
    return `${this.environmentName}/released/images`;
  }

  /** Returns the name of the SageMaker image to which releases of a project, in lower case, add versions where it exists (`StudioImage`). */
  public studioImageName(projectName: string): string {
    checkImageProject(`${this.environmentName}.`, projectName); // SageMaker takes no two hyphens
    return `${this.environmentName}.${projectName}`;
  }

  /** Returns the name of the bucket of a target's own copies of released models, with no suffix, for at most 63 characters. */
  public targetModelsBucketName(stageName: string, account: string): string {
    return `${this.environmentName}--${stageName}--${account}-${this.region}`;
  }

  /** Returns the name of the Amazon ECR repository of a target's own copies of released images. */
  public targetRepositoryName(stageName: string): string {
    return `${this.environmentName}/${stageName}/releases`;
  }

  /** ARN of the bucket of released models. */
  public get releasesBucketArn(): string {
    return arnIn(this, 's3', this.releasesBucketName);
  }

  /** Name of the MLflow tracking server. */
  public get mlflowTrackingServerName(): string {
    return `${this.environmentName}--mlflow`;
  }

  /** Name of the event bus in the environment's account to which targets report alarms of monitors. */
  public get monitoringBusName(): string {
    return `${this.environmentName}--monitoring`;
  }

  /** ARN of the event bus in the environment's account to which targets report alarms of monitors. */
  public get monitoringBusArn(): string {
    return arnIn(this, 'events', `event-bus/${this.monitoringBusName}`);
  }

  /** Returns the name of the schedule group of monitors in the target accounts of a stage. */
  public monitoringScheduleGroupName(stageName: string): string {
    return `${this.environmentName}--${stageName}`;
  }

  /** The name of the queue in the target accounts of a stage that keeps reports of alarms which reached no bus. @internal */
  public _undeliveredReportsQueueName(stageName: string): string {
    return `${this.environmentName}--${stageName}--undelivered-reports`;
  }

  /** Returns the CloudWatch namespace of the metrics of monitors in the target accounts of a stage. */
  public monitoringNamespace(stageName: string): string {
    return `secure-mlops/${this.environmentName}/${stageName}/monitoring`;
  }

  /** Name of the Athena workgroup and of the Glue security configuration of data preparation. */
  public get dataPreparationName(): string {
    return `${this.environmentName}--data-preparation`;
  }

  /** Name of the Glue database of prepared data, without hyphens, which Glue and Athena do not accept. */
  public get databaseName(): string {
    const name = this.environmentName;
    return `${Token.isUnresolved(name) ? Fn.join('_', Fn.split('-', name)) : name.replace(/-/g, '_')}__data`;
  }

  /** Prefix of the names of the environment's Systems Manager parameters, in its own account and in target accounts. */
  public get parameterPrefix(): string {
    return `/secure-mlops/${this.environmentName}/`;
  }

  /** Returns the name of a Systems Manager parameter in the environment's account: `/secure-mlops/<environmentName>/<path>`. */
  public parameterName(parameter: EnvironmentParameter): string {
    return `${this.parameterPrefix}${parameter.path}`;
  }

  /** Returns the prefix of the names of Systems Manager parameters in the target accounts of a stage. */
  public targetParameterPrefix(stageName: string): string {
    return `${this.parameterPrefix}${stageName}/`;
  }

  /** Returns the name of a Systems Manager parameter in a target account: `/secure-mlops/<environmentName>/<stage>/<path>`. */
  public targetParameterName(stageName: string, parameter: TargetParameter): string {
    return `${this.targetParameterPrefix(stageName)}${parameter.path}`;
  }

  /** Creates a Systems Manager parameter with a value for project templates and people. */
  public publish(scope: Construct, parameter: EnvironmentParameter, value: string): StringParameter {
    return new StringParameter(scope, idOf(parameter), { ...this.named(this.parameterName(parameter)), stringValue: value });
  }

  /** Creates a Systems Manager parameter with a list of values, which templates read as `AWS::SSM::Parameter::Value<List<…>>`. */
  public publishList(scope: Construct, parameter: EnvironmentParameter, values: string[]): StringListParameter {
    return new StringListParameter(scope, idOf(parameter), { ...this.named(this.parameterName(parameter)), stringListValue: values });
  }

  /** Creates a Systems Manager parameter in a target account. @internal */
  public _publishInTarget(scope: Construct, stageName: string, parameter: TargetParameter, value: string): void {
    new StringParameter(scope, idOf(parameter), { ...this.named(this.targetParameterName(stageName, parameter)), stringValue: value });
  }

  /** Creates a Systems Manager parameter with a list of values in a target account. @internal */
  public _publishListInTarget(scope: Construct, stageName: string, parameter: TargetParameter, values: string[]): void {
    new StringListParameter(scope, idOf(parameter), { ...this.named(this.targetParameterName(stageName, parameter)), stringListValue: values });
  }

  private named(parameterName: string): { parameterName: string; simpleName?: boolean } {
    return { parameterName, simpleName: Token.isUnresolved(this.environmentName) ? false : undefined };
  }
}

function idOf({ path }: { readonly path: string }): string {
  return `Parameter-${path.replace('/', '-')}`;
}
