import { Duration } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Effect, IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { checkLimits } from './guardrail-limits';
import { LOCAL_STORAGE, USUAL } from './instance-families';
import { InputCheck } from '../private/input-check';
import { warnOfUnknownTypes } from '../private/instance-type';
import { packed } from '../private/packed-policies';
import { checkRequired, KEY, listOf, ROLE, SECURITY_GROUP, SUBNETS } from '../private/required-input';
import {
  byPatterns, MAKES_FEATURE_GROUPS, MAY_SEND_INSTANCE_TYPES, MAY_SEND_VPC, MUST_SEND_INSTANCE_TYPES, SENDS_INTER_CONTAINER_ENCRYPTION,
  SENDS_MAXIMUM_RUNTIME, SENDS_NETWORK_ISOLATION_OF_JOBS, SENDS_NETWORK_ISOLATION_OF_MODELS, SENDS_NOTEBOOK_ACCESS, SENDS_OUTPUT_KEY,
  SENDS_SERVERLESS, SENDS_VOLUME_KEY_ALONE, SENDS_VOLUME_KEY_AND_INSTANCES, SENDS_VPC,
} from '../roles/guardrails/guardrail-table';

/** Settings of guardrails. */
export interface ExecutionGuardrailsOptions {
  /**
   * Instance types, or families such as `ml.m5.*`, that work may use.
   *
   * @default - general-purpose, compute, memory and smaller GPU families
   */
  readonly instanceTypes?: string[];

  /**
   * The longest time that a job may take: 1 minute to 28 days.
   *
   * @default Duration.days(1)
   */
  readonly maximumRuntime?: Duration;

  /**
   * Requirement of network isolation for the containers of jobs, which cuts them off from every network, S3 included.
   *
   * SageMaker itself transfers their inputs and outputs. Models always have network isolation.
   *
   * @default false
   */
  readonly requireNetworkIsolation?: boolean;
}

/** The network and the keys of jobs, models and applications. @internal */
export interface WorkloadSettings {
  /** The subnets in which work runs. */
  readonly subnets: ISubnet[];
  /** The security groups that work may have. */
  readonly securityGroups: ISecurityGroup[];
  /** The key of storage volumes. */
  readonly volumeKey: IKey;
  /** The keys with which jobs may encrypt what they write. */
  readonly outputKeys: IKey[];
}

/** Properties of guardrails. */
export interface ExecutionGuardrailsProps extends ExecutionGuardrailsOptions, WorkloadSettings {
  /** The roles that start work. */
  readonly roles: IRole[];
  /**
   * Bucket of the offline stores of feature groups, whose key is that of all stores.
   *
   * @default - no guardrails of feature groups
   */
  readonly offlineStore?: IBucket;
  /**
   * The actions to guard, where the roles are allowed no others.
   *
   * @default - every action that starts work
   */
  readonly actions?: string[];
  /**
   * Path of the policies.
   *
   * @default '/'
   */
  readonly path?: string;
}

/**
 * Deny statements for all who start work: no job, model or application outside of the network, keys, instance types and time limit.
 *
 * A wrong value is denied, and a missing one.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/security_iam_id-based-policy-examples.html
 */
export class ExecutionGuardrails extends Construct {
  /** The denies, for roles that are not ours to attach them to. */
  public readonly statements: PolicyStatement[];
  /** The policies that hold the denies, none of which is created without `roles`. */
  public readonly policies: ManagedPolicy[];
  /** Whether jobs see no network. @internal */
  public readonly _isolatesJobs: boolean;

  constructor(scope: Construct, id: string, props: ExecutionGuardrailsProps) {
    super(scope, id);
    checkRequired(this, props, {
      subnets: SUBNETS, securityGroups: listOf(SECURITY_GROUP), volumeKey: KEY, outputKeys: listOf(KEY), roles: listOf(ROLE),
    });
    this._isolatesJobs = props.requireNetworkIsolation ?? false;
    const runtime = props.maximumRuntime ?? Duration.days(1);
    checkLimits(new InputCheck(this), props, 'guardrails.')
      .notEmpty('subnets', props.subnets)
      .atMost('subnets', props.subnets, 16)
      .notEmpty('securityGroups', props.securityGroups)
      .atMost('securityGroups', props.securityGroups, 5)
      .notEmpty('outputKeys', props.outputKeys)
      .that('offlineStore', props.offlineStore, ({ encryptionKey }) => encryptionKey !== undefined, 'have a KMS key of its own', 'Import it with its encryptionKey')
      .throwIfInvalid();
    warnOfUnknownTypes(this, 'guardrails.instanceTypes', props.instanceTypes);
    const all = [
      ...this.network(props), ...this.encryption(props), ...this.instances(props.instanceTypes ?? USUAL, runtime), ...this.isolation(props),
      ...this.featureGroups(props),
    ];
    this.statements = (props.actions ? all.flatMap((statement) => narrowed(statement, props.actions!)) : all)
      .map((statement) => statement.copy({ actions: byPatterns(statement.actions) }));
    this.policies = props.roles.length === 0 ? [] : packed(this, this.statements).map((statements, index) => new ManagedPolicy(this, `Policy${index + 1}`, {
      description: 'What every job, model and application must be like', path: props.path, roles: props.roles, statements,
    }));
  }

  private network({ subnets, securityGroups }: ExecutionGuardrailsProps): PolicyStatement[] {
    return [
      ...only('Subnets', SENDS_VPC, MAY_SEND_VPC, 'sagemaker:VpcSubnets', subnets.map((subnet) => subnet.subnetId)),
      ...only('SecurityGroups', SENDS_VPC, MAY_SEND_VPC, 'sagemaker:VpcSecurityGroupIds', securityGroups.map((group) => group.securityGroupId)),
      deny('DenyServerlessEndpoints', SENDS_SERVERLESS, { Null: { 'sagemaker:ServerlessMemorySize': 'false' } }), // serverless endpoints are in no VPC
    ];
  }

  private encryption({ volumeKey, outputKeys }: ExecutionGuardrailsProps): PolicyStatement[] {
    const volume = 'sagemaker:VolumeKmsKeyArn';
    return [
      // A foreign key, on whatever instance; no key, except on instances that take none; no key, where no instance is named.
      deny('DenyForeignVolumeKey', [...SENDS_VOLUME_KEY_AND_INSTANCES, ...SENDS_VOLUME_KEY_ALONE], { Null: { [volume]: 'false' }, StringNotEquals: { [volume]: volumeKey.keyArn } }),
      deny('DenyMissingVolumeKey', SENDS_VOLUME_KEY_AND_INSTANCES, { 'Null': { [volume]: 'true' }, 'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': LOCAL_STORAGE } }),
      deny('DenyMissingVolumeKeyOfAutoMl', SENDS_VOLUME_KEY_ALONE, { Null: { [volume]: 'true' } }),
      deny('DenyForeignOrMissingOutputKey', SENDS_OUTPUT_KEY, { StringNotEquals: { 'sagemaker:OutputKmsKeyArn': outputKeys.map((key) => key.keyArn) } }),
      deny('DenyPlainTextBetweenContainers', SENDS_INTER_CONTAINER_ENCRYPTION, { BoolIfExists: { 'sagemaker:InterContainerTrafficEncryption': 'false' } }),
    ];
  }

  private instances(allowed: string[], runtime: Duration): PolicyStatement[] {
    const types = 'sagemaker:InstanceTypes', time = 'sagemaker:MaxRuntimeInSeconds';
    return [
      // Studio's own small helpers run on `system`.
      deny('DenyOtherInstanceTypes', [...MUST_SEND_INSTANCE_TYPES, ...MAY_SEND_INSTANCE_TYPES], { 'ForAnyValue:StringNotLike': { [types]: [...allowed, 'system'] } }),
      deny('DenyMissingInstanceTypes', MUST_SEND_INSTANCE_TYPES, { Null: { [types]: 'true' } }),
      deny('DenyLongOrUnlimitedRuntime', SENDS_MAXIMUM_RUNTIME, { NumericGreaterThanIfExists: { [time]: String(runtime.toSeconds()) } }),
    ];
  }

  private isolation({ requireNetworkIsolation }: ExecutionGuardrailsProps): PolicyStatement[] {
    return [
      deny('DenyMissingNetworkIsolation', [...SENDS_NETWORK_ISOLATION_OF_MODELS, ...(requireNetworkIsolation ? SENDS_NETWORK_ISOLATION_OF_JOBS : [])], {
        BoolIfExists: { 'sagemaker:NetworkIsolation': 'false' },
      }),
      deny('DenyDirectInternetAccess', SENDS_NOTEBOOK_ACCESS, { StringNotEquals: { 'sagemaker:DirectInternetAccess': 'Disabled' } }),
      deny('DenyRootAccess', SENDS_NOTEBOOK_ACCESS, { StringNotEquals: { 'sagemaker:RootAccess': 'Disabled' } }),
    ];
  }

  /** A group is told where its offline store is, when it is made and never again; a table in AWS Glue would be in a database for the whole account. */
  private featureGroups({ offlineStore }: ExecutionGuardrailsProps): PolicyStatement[] {
    if (offlineStore === undefined) return [];
    const { bucketName, encryptionKey } = offlineStore, { keyArn } = encryptionKey!;
    const hasOffline = { 'sagemaker:FeatureGroupOfflineStoreConfig': 'false' }, online = { 'sagemaker:FeatureGroupEnableOnlineStore': 'true' };
    const onlineKey = 'sagemaker:FeatureGroupOnlineStoreKmsKeyArn';
    return [
      deny('DenyOfflineStoreElsewhere', MAKES_FEATURE_GROUPS, { Null: hasOffline, StringNotLike: { 'sagemaker:FeatureGroupOfflineStoreS3Uri': [`s3://${bucketName}`, `s3://${bucketName}/*`] } }),
      deny('DenyForeignOrMissingOfflineStoreKey', MAKES_FEATURE_GROUPS, { Null: hasOffline, StringNotEquals: { 'sagemaker:FeatureGroupOfflineStoreKmsKeyArn': keyArn } }),
      deny('DenyGlueTables', MAKES_FEATURE_GROUPS, { Null: hasOffline, BoolIfExists: { 'sagemaker:FeatureGroupDisableGlueTableCreation': 'false' } }),
      deny('DenyMissingOnlineStoreKey', MAKES_FEATURE_GROUPS, { Bool: online, Null: { [onlineKey]: 'true' } }),
      deny('DenyForeignOnlineStoreKey', MAKES_FEATURE_GROUPS, { Null: { [onlineKey]: 'false' }, StringNotEquals: { [onlineKey]: keyArn } }),
    ];
  }
}

/** A deny for some of its actions; none where none of them is left. */
function narrowed(statement: PolicyStatement, actions: string[]): PolicyStatement[] {
  const left = statement.actions.filter((action) => actions.includes(action));
  return left.length > 0 ? [statement.copy({ actions: left })] : [];
}

/** A key with several values takes two denies: some value is foreign, or there is none where there must be one. */
function only(what: string, mustSend: string[], maySend: string[], key: string, ours: string[]): PolicyStatement[] {
  return [
    deny(`DenyForeign${what}`, [...mustSend, ...maySend], { 'ForAnyValue:StringNotEquals': { [key]: ours } }),
    deny(`DenyMissing${what}`, mustSend, { Null: { [key]: 'true' } }),
  ];
}

/**
 * On all resources: a guardrail is about how something is made, whatever its name. The id is what people look up: the room's
 * README says for each what to pass.
 */
function deny(sid: string, actions: string[], conditions: Record<string, Record<string, unknown>>): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.DENY, actions, resources: ['*'], conditions });
}
