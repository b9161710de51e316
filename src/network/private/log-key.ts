import { RemovalPolicy } from 'aws-cdk-lib';
import { IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';
import { usedByLogs } from '../../private/key-users';
import { keepWithoutFlag } from '../../private/removal';

/** The key of the log groups of a network that has no environment around it. */
export class LogKey extends Construct {
  public readonly key: IKey;

  constructor(scope: Construct, id: string, description: string, removalPolicy: RemovalPolicy) {
    super(scope, id);
    const key = new Key(this, 'Resource', { description, enableKeyRotation: true, removalPolicy });
    for (const statement of usedByLogs(this, { logGroups: arnIn(this, 'logs', '*') })) key.addToResourcePolicy(statement);
    keepWithoutFlag(key);
    this.key = key;
  }
}
