/** Looking at a key: nothing is used or changed by it. */
export const LOOKING_AT_KEYS = [
  'kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListAliases', 'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListResourceTags',
];

/**
 * What CodeCommit asks of the key of a repository for whoever uses the repository. Its encryption context is the repository's id,
 * which nobody knows before there is one.
 *
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/encryption.html
 */
export const ENCRYPT_REPOSITORIES = [
  'kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:DescribeKey',
];
