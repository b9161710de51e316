import { Duration, Stack } from 'aws-cdk-lib';
import { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';
import { usedByEvents, usedByLogs } from '../../private/key-users';
import { bucketOfNotes } from '../../private/locked-bucket';
import { keepWithoutFlag, removalOf } from '../../private/removal';

/** The key of records, logs and undelivered events. */
export function newKey(scope: Construct): Key {
  const key = new Key(scope, 'Key', { description: 'Records, logs and undelivered events of corrective controls', enableKeyRotation: true, removalPolicy: removalOf(scope, undefined) });
  keepWithoutFlag(key);
  return key;
}

/** What writing and reading records, and keeping undelivered events, asks of the key. */
export const USING_KEY = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * Lets the function, CloudWatch Logs and EventBridge use a key; an imported one has to allow it already. A key of another stack would
 * need this one for the role, as this one needs it for the key: there the account's own statement in the key's policy lets the role's
 * policy decide.
 */
export function letUse(scope: Construct, key: IKey, role: IRole): void {
  const { region, account } = Stack.of(scope);
  const statements = [
    ...Stack.of(key) === Stack.of(scope) ? [new PolicyStatement({ sid: 'UsedByCorrectiveControls', principals: [role], actions: USING_KEY, resources: ['*'] })] : [], // in a key policy: this key
    ...usedByLogs(scope, { logGroups: arnIn(scope, 'logs', '*'), region, sids: ['UsedByCloudWatchLogs', 'DescribedByCloudWatchLogs'] }),
    usedByEvents('UsedByEventBridge', account),
  ];
  for (const statement of statements) key.addToResourcePolicy(statement);
}

/** The bucket of records: versioned, so that whoever changes one leaves it there, and of this account alone. */
export function recordsBucket(scope: Construct, key: IKey): Bucket {
  return bucketOfNotes(scope, 'Records', key, 'DenyOtherAccounts', {
    removalPolicy: removalOf(scope, undefined),
    lifecycleRules: [{ prefix: 'actions/', expiration: Duration.days(2), noncurrentVersionExpiration: Duration.days(1) }],
  });
}
