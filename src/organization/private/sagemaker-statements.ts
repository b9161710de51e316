import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { ADDING_MEMBERS, deny } from './statements';
import { LOCAL_STORAGE, USUAL } from '../../identity/instance-families';
import { Conditions } from '../../perimeter/conditions';
import { GUARDED_KEYS, SHARES_WITH_ACCOUNTS, WITHOUT_NETWORK_KEY } from '../../roles/guardrails/guarded-keys';
import { actions, byPatterns, MAKES_FEATURE_GROUPS, SENDS_NETWORK_ISOLATION_OF_JOBS, SENDS_SERVERLESS, SENDS_VOLUME_KEY_AND_INSTANCES } from '../../roles/guardrails/guardrail-table';
import { OrganizationWorkloads } from '../organization-workloads';

type Key = keyof typeof GUARDED_KEYS;

/** What SageMaker is held to. */
export interface SageMakerLimits {
  readonly workloads?: OrganizationWorkloads[];
  readonly instanceTypes?: string[];
  /** In seconds. */
  readonly maximumRuntime: number;
  readonly requireNetworkIsolation?: boolean;
  /** Those whom nothing is denied. */
  readonly exempt: string[];
  /** Those who deploy: of what they make nobody knew the ids before. */
  readonly deploying: string[];
  /** Actions that are denied anyway. */
  readonly denied?: string[];
}

/** Any key of the caller's own account, where nobody says which. */
const OWN_KEYS = ['arn:*:kms:*:${aws:PrincipalAccount}:key/*']; // eslint-disable-line no-restricted-syntax -- no partition

/** Every action, which is safe where the key has to be there: others do not send it. Those that AWS adds later are denied as well. */
const ANY_ACTION = ['sagemaker:*'];

/** What environments leave to who deploys them, and projects and people to nobody. */
export const ADMINISTRATION = [
  ...WITHOUT_NETWORK_KEY, ...SHARES_WITH_ACCOUNTS, ...GUARDED_KEYS['sagemaker:WorkteamType'].may, ...GUARDED_KEYS['sagemaker:AppNetworkAccessType'].must,
  ...GUARDED_KEYS['sagemaker:AppNetworkAccessType'].may, ...GUARDED_KEYS['sagemaker:RootAccess'].must, ...GUARDED_KEYS['sagemaker:RootAccess'].may,
  ...actions('CreateAutoMLJob', 'CreateAutoMLJobV2', 'CreateCluster', 'CreateJob', 'UpdateCluster'),
];

/** Denials of what is made by SageMaker otherwise than it must be: a wrong value, and none where one must be. */
export function sageMakerStatements(limits: SageMakerLimits): PolicyStatement[] {
  return [...network(limits), ...encryption(limits), ...sizes(limits), ...access(limits), ...featureGroups(limits)]
    .flatMap((statement) => without(statement, limits.denied ?? []));
}

/** A statement without actions that are denied anyway, where anything is left of it, with short names of what is left. */
function without(statement: PolicyStatement, denied: string[]): PolicyStatement[] {
  if (statement.actions[0] === ANY_ACTION[0]) {
    const keys = Object.keys((statement.conditions as Conditions).Null ?? {}) as Key[];
    const isSent = keys.some((key) => [...GUARDED_KEYS[key].must, ...GUARDED_KEYS[key].may].some((action) => !denied.includes(action)));
    return isSent ? [statement] : [];
  }
  const left = statement.actions.filter((action) => !denied.includes(action));
  return left.length > 0 ? [statement.copy({ actions: byPatterns(left) })] : [];
}

function network({ workloads, exempt, deploying }: SageMakerLimits): PolicyStatement[] {
  const groups: Key = 'sagemaker:VpcSecurityGroupIds', subnets: Key = 'sagemaker:VpcSubnets';
  const { must, may } = GUARDED_KEYS[groups];
  const isOfStudio = (action: string) => /Domain$|UserProfile$/.test(action);
  const known = exempt.concat(deploying);
  const ours = workloads === undefined ? [] : [
    deny('DenyForeignSubnets', ANY_ACTION, foreign(subnets, 'ForAnyValue:StringNotEquals', of(workloads, 'subnetIds')), known),
    deny('DenyForeignSecurityGroups', [...must, ...may].filter((action) => !isOfStudio(action)), foreign(groups, 'ForAnyValue:StringNotEquals', of(workloads, 'securityGroupIds')), known),
    deny('DenyForeignStudioSecurityGroups', [...must, ...may].filter(isOfStudio), foreign(groups, 'ForAnyValue:StringNotEquals', of(workloads, 'studioSecurityGroupIds', 'securityGroupIds')), [...known, ...ADDING_MEMBERS]),
  ];
  return [
    ...ours,
    deny('DenyMissingSubnets', GUARDED_KEYS[subnets].must, missing(subnets), exempt),
    deny('DenyMissingSecurityGroups', must, missing(groups), exempt),
    deny('DenyServerlessEndpoints', SENDS_SERVERLESS, { Null: { 'sagemaker:ServerlessMemorySize': 'false' } }, exempt),
    deny('DenyWorkWithoutNetwork', WITHOUT_NETWORK_KEY, {}, known),
    deny('DenySharingModels', SHARES_WITH_ACCOUNTS, {}, known),
  ];
}

function encryption({ workloads, exempt, deploying }: SageMakerLimits): PolicyStatement[] {
  const volume: Key = 'sagemaker:VolumeKmsKeyArn', output: Key = 'sagemaker:OutputKmsKeyArn', sharing: Key = 'sagemaker:DomainSharingOutputKmsKeyArn';
  const volumeKeys = workloads ? of(workloads, 'volumeKeyArns') : OWN_KEYS, outputKeys = workloads ? of(workloads, 'outputKeyArns') : OWN_KEYS;
  const known = exempt.concat(deploying);
  return [
    deny('DenyForeignVolumeKey', ANY_ACTION, foreign(volume, 'ArnNotLike', volumeKeys), known),
    deny('DenyMissingVolumeKey', SENDS_VOLUME_KEY_AND_INSTANCES, { ...missing(volume), 'ForAnyValue:StringNotLike': { 'sagemaker:InstanceTypes': LOCAL_STORAGE } }, exempt),
    deny('DenyMissingVolumeKeyAlone', GUARDED_KEYS[volume].must.filter((action) => !SENDS_VOLUME_KEY_AND_INSTANCES.includes(action)), missing(volume), exempt),
    deny('DenyForeignOutputKey', ANY_ACTION, foreign(output, 'ArnNotLike', outputKeys), known),
    deny('DenyMissingOutputKey', GUARDED_KEYS[output].must, missing(output), exempt),
    deny('DenyForeignSharingKey', ANY_ACTION, foreign(sharing, 'ArnNotLike', outputKeys), known),
    deny('DenyPlainTextBetweenContainers', GUARDED_KEYS['sagemaker:InterContainerTrafficEncryption'].must, { BoolIfExists: { 'sagemaker:InterContainerTrafficEncryption': 'false' } }, exempt),
  ];
}

function sizes({ instanceTypes = USUAL, maximumRuntime, exempt, deploying }: SageMakerLimits): PolicyStatement[] {
  const types: Key = 'sagemaker:InstanceTypes', time: Key = 'sagemaker:MaxRuntimeInSeconds';
  return [
    deny('DenyOtherInstanceTypes', ANY_ACTION, foreign(types, 'ForAnyValue:StringNotLike', [...instanceTypes, 'system']), exempt.concat(deploying)), // Studio's own small helpers run on `system`
    deny('DenyMissingInstanceTypes', GUARDED_KEYS[types].must, missing(types), exempt),
    deny('DenyLongOrUnlimitedRuntime', GUARDED_KEYS[time].must, { NumericGreaterThanIfExists: { [time]: String(maximumRuntime) } }, exempt),
  ];
}

/** What the network, the containers and the instances are open to. */
function access({ requireNetworkIsolation, exempt }: SageMakerLimits): PolicyStatement[] {
  const isolation: Key = 'sagemaker:NetworkIsolation';
  const isolated = [...GUARDED_KEYS[isolation].must, ...(requireNetworkIsolation ? SENDS_NETWORK_ISOLATION_OF_JOBS : [])];
  return [
    deny('DenyMissingNetworkIsolation', isolated, { BoolIfExists: { [isolation]: 'false' } }, exempt),
    ...only('DomainsOutsideOfVpc', 'sagemaker:AppNetworkAccessType', 'VpcOnly', exempt),
    ...only('DirectInternetAccess', 'sagemaker:DirectInternetAccess', 'Disabled', exempt),
    ...only('RootAccess', 'sagemaker:RootAccess', 'Disabled', exempt),
    ...only('OldMetadataService', 'sagemaker:MinimumInstanceMetadataServiceVersion', '2', exempt),
    ...only('RemoteAccess', 'sagemaker:RemoteAccess', 'DISABLED', exempt),
    ...only('PublicWorkers', 'sagemaker:WorkteamType', 'private-crowd', exempt),
    deny('DenyRemoteDebugging', ANY_ACTION, { Null: { 'sagemaker:EnableRemoteDebug': 'false' }, Bool: { 'sagemaker:EnableRemoteDebug': 'true' } }, exempt),
  ];
}

function featureGroups({ workloads, exempt, deploying }: SageMakerLimits): PolicyStatement[] {
  const known = exempt.concat(deploying), keys = workloads ? of(workloads, 'featureStoreKeyArns', 'outputKeyArns') : OWN_KEYS;
  const buckets = workloads ? of(workloads, 'offlineStoreBucketNames') : [];
  const hasOffline = { 'sagemaker:FeatureGroupOfflineStoreConfig': 'false' }, onlineKey: Key = 'sagemaker:FeatureGroupOnlineStoreKmsKeyArn';
  const elsewhere = buckets.flatMap((bucket) => [`s3://${bucket}`, `s3://${bucket}/*`]);
  return [
    ...(buckets.length > 0 ? [deny('DenyOfflineStoreElsewhere', MAKES_FEATURE_GROUPS, { Null: hasOffline, StringNotLike: { 'sagemaker:FeatureGroupOfflineStoreS3Uri': elsewhere } }, known)] : []),
    deny('DenyForeignOrMissingOfflineStoreKey', MAKES_FEATURE_GROUPS, { Null: hasOffline, StringNotLike: { 'sagemaker:FeatureGroupOfflineStoreKmsKeyArn': keys } }, known),
    deny('DenyGlueTables', MAKES_FEATURE_GROUPS, { Null: hasOffline, BoolIfExists: { 'sagemaker:FeatureGroupDisableGlueTableCreation': 'false' } }, exempt),
    deny('DenyMissingOnlineStoreKey', MAKES_FEATURE_GROUPS, { Bool: { 'sagemaker:FeatureGroupEnableOnlineStore': 'true' }, ...missing(onlineKey) }, exempt),
    deny('DenyForeignOnlineStoreKey', MAKES_FEATURE_GROUPS, foreign(onlineKey, 'ArnNotLike', keys), known),
  ];
}

/** One value alone is right: another is denied to everything that sends it, and none to what must send it. */
function only(what: string, key: Key, right: string, exempt: string[]): PolicyStatement[] {
  const { must } = GUARDED_KEYS[key];
  return [
    deny(`Deny${what}`, ANY_ACTION, foreign(key, 'StringNotEquals', [right]), exempt),
    ...(must.length > 0 ? [deny(`Deny${what}ByDefault`, must, missing(key), exempt)] : []),
  ];
}

function foreign(key: Key, operator: string, ours: string[]): Conditions {
  return { Null: { [key]: 'false' }, [operator]: { [key]: ours } };
}

function missing(key: Key): Conditions {
  return { Null: { [key]: 'true' } };
}

/** The values of all workloads, those of another member where one has none. */
function of(workloads: OrganizationWorkloads[], member: keyof OrganizationWorkloads, otherwise: keyof OrganizationWorkloads = member): string[] {
  return [...new Set(workloads.flatMap((one) => one[member] ?? one[otherwise] ?? []))];
}
