import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames, KeyPurpose } from '../../names';
import { arnIn } from '../../private/arn';

/** Reading what the environment has released. Its key is in another account, and known by its alias only. */
export function readReleases(scope: Construct, names: EnvironmentNames): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [`${names.releasesBucketArn}/*`], conditions: ownedBy(names.account) }),
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [arnIn(names, 'kms', 'key/*')],
      conditions: {
        'StringEquals': throughS3(scope, names),
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': names.keyAlias(KeyPurpose.RELEASES) },
      },
    }),
  ];
}

/** The name of a bucket would be anybody's after its owner. */
export function ownedBy(account: string): Record<string, Record<string, string>> {
  return { StringEquals: { 'aws:ResourceAccount': account } };
}

/** S3 uses the key for the caller. */
export function throughS3(scope: Construct, { region }: EnvironmentNames): Record<string, string> {
  return { 'kms:ViaService': `s3.${region}.${Stack.of(scope).urlSuffix}` };
}
