import { KeyPurpose } from '../names';

/** A key that a role uses itself, and not by a bucket's objects: always through a service, on the role's behalf. */
export interface KeyUse {
  readonly purpose: KeyPurpose;
  /** Statement id in the key's policy. */
  readonly sid: string;
  /** The services through which it is used. */
  readonly services: readonly string[];
  readonly actions: readonly string[];
  /** Whether the role gets it with the first project, and not by what it may do. */
  readonly withProjects?: true;
}

/** What SageMaker asks of a key for a storage volume, for the caller who starts the instance. */
export const VOLUME = ['kms:CreateGrant', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'];

/**
 * What CodeCommit asks of the key of a repository for whoever uses the repository. Its encryption context is the repository's id,
 * which nobody knows before there is one.
 *
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/encryption.html
 */
const ENCRYPT_REPOSITORIES = [
  'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey',
];

/** Storage volumes of what the role starts. */
export const VOLUMES: KeyUse = { purpose: KeyPurpose.VOLUMES, sid: 'Volumes', services: ['sagemaker'], actions: VOLUME };
/** Studio's own storage. */
export const STUDIO_STORAGE: KeyUse = { purpose: KeyPurpose.STUDIO_STORAGE, sid: 'StudioStorage', services: ['sagemaker', 'elasticfilesystem'], actions: VOLUME };
/** What was not delivered. */
export const UNDELIVERED_EVENTS: KeyUse = { purpose: KeyPurpose.LOGS, sid: 'ReadUndeliveredEvents', services: ['sqs'], actions: ['kms:Decrypt'] };
/** Repositories of projects. */
export const REPOSITORIES: KeyUse = { purpose: KeyPurpose.ARTIFACTS, sid: 'Repositories', services: ['codecommit'], actions: ENCRYPT_REPOSITORIES, withProjects: true };

/**
 * What Feature Store asks of the key of an online store, for whoever makes a feature group with one. Besides it asks for the account's
 * aliases, which are of no key.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_OnlineStoreSecurityConfig.html
 */
export const ENCRYPT_ONLINE_STORES = [
  'kms:Encrypt', 'kms:Decrypt', 'kms:DescribeKey', 'kms:CreateGrant', 'kms:RetireGrant', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:ListGrants', 'kms:RevokeGrant',
];
/** What it asks for whoever reads and writes records. */
export const USE_ONLINE_STORES = ['kms:Decrypt'];
/** Feature groups with an online store. */
export const FEATURE_GROUPS: KeyUse = { purpose: KeyPurpose.FEATURE_STORE, sid: 'FeatureGroups', services: ['sagemaker'], actions: ENCRYPT_ONLINE_STORES };
/** Records of online stores. */
export const RECORDS: KeyUse = { purpose: KeyPurpose.FEATURE_STORE, sid: 'Records', services: ['sagemaker'], actions: USE_ONLINE_STORES };
