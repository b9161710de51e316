import { allowedPrincipals, policyOf } from '../aws/account';
import { Check, each } from '../check';
import { Finding, problem } from '../finding';

interface KeyMetadata {
  readonly KeyState: string;
  readonly KeySpec?: string;
  readonly KeyUsage?: string;
}

/** Keys that were given can be used. */
export const GIVEN_KEYS: Check = {
  name: 'given-keys',
  title: 'A given key is there, enabled, symmetric and for encryption, and its policy admits the account and, for log groups, CloudWatch Logs.',
  actions: ['kms:DescribeKey', 'kms:GetKeyPolicy'],
  look: (stack, account) => each(
    [...stack.texts(/^(Kms|KMS).*(Key|KeyId|KeyID|KeyArn)$|^KMSMasterKeyID$|^EncryptionKey$/)].filter(([id]) => id.includes(`:${stack.known.account}:key/`)),
    async ([id, types]) => {
      const answer = await account.json<{ KeyMetadata: KeyMetadata }>('kms', 'TrentService', { action: 'kms:DescribeKey', subject: `the key ${id}`, absent: ['NotFoundException'] }, { KeyId: id });
      if (answer === undefined) return [problem(`There is no key ${id}.`, 'Name one that there is, in the region of the stack.')];
      const { KeyState: state, KeySpec: spec = 'SYMMETRIC_DEFAULT', KeyUsage: usage = 'ENCRYPT_DECRYPT' } = answer.KeyMetadata;
      const found: Finding[] = [];
      if (state !== 'Enabled') found.push(problem(`The key ${id} is in the state ${state}, and only enabled keys encrypt.`, 'Enable the key, or cancel its deletion.'));
      if (spec !== 'SYMMETRIC_DEFAULT' || usage !== 'ENCRYPT_DECRYPT') found.push(problem(`The key ${id} is ${spec} for ${usage}, and AWS services encrypt with symmetric keys.`, 'Name a symmetric key for encryption.'));
      const policy = await account.json<{ Policy: string }>('kms', 'TrentService', { action: 'kms:GetKeyPolicy', subject: `the policy of ${id}` }, { KeyId: id, PolicyName: 'default' });
      const admitted = allowedPrincipals(policyOf(policy?.Policy ?? '{"Statement":[]}'));
      const logs = `logs.${account.region}.amazonaws.com`;
      if (types.has('AWS::Logs::LogGroup') && !admitted.some((one) => [logs, 'logs.amazonaws.com', '*'].includes(one))) {
        found.push(problem(`The policy of the key ${id} does not admit ${logs}, and a log group is encrypted with it.`, 'Add the statements that requiredStatements of the environment\'s keys prints.'));
      }
      if (!admitted.some((one) => one === '*' || one === stack.known.account || one.endsWith(`:iam::${stack.known.account}:root`) || one.includes(`:iam::${stack.known.account}:role/`))) {
        found.push(problem(`The policy of the key ${id} admits nobody of the account ${stack.known.account}, so that no policy of a role has effect.`, 'Add the statements that requiredStatements of the environment\'s keys prints.'));
      }
      return found;
    },
  ),
};
