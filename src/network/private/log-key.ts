import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';
import { keepWithoutFlag } from '../../private/removal';

/** The key of the log groups of a network that has no environment around it. */
export class LogKey extends Construct {
  public readonly key: IKey;

  constructor(scope: Construct, id: string, description: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    const { account, urlSuffix } = Stack.of(this);
    const logs = new ServicePrincipal(`logs.${Aws.REGION}.${urlSuffix}`);
    const key = new Key(this, 'Resource', { description, enableKeyRotation: true, removalPolicy });
    key.addToResourcePolicy(new PolicyStatement({
      principals: [logs],
      actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
      resources: ['*'], // in a key policy: this key
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': arnIn(this, 'logs', '*') } },
    }));
    key.addToResourcePolicy(new PolicyStatement({
      principals: [logs],
      actions: ['kms:DescribeKey'], // which has no encryption context
      resources: ['*'],
      conditions: { StringEqualsIfExists: { 'aws:SourceAccount': account } },
    }));
    keepWithoutFlag(key);
    this.key = key;
  }
}
