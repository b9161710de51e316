import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arnIn } from '../../private/arn';
import { EnvironmentRegistry, KeyPurpose } from '../../registry';

/** Reading what the environment has released. Its key is in another account, and known by its alias only. */
export function readReleases(scope: Construct, registry: EnvironmentRegistry): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [`${registry.releasesBucketArn}/*`], conditions: ownedBy(registry.account) }),
    new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [arnIn(registry, 'kms', 'key/*')],
      conditions: {
        'StringEquals': throughS3(scope, registry),
        'ForAnyValue:StringEquals': { 'kms:ResourceAliases': registry.keyAlias(KeyPurpose.RELEASES) },
      },
    }),
  ];
}

/** The name of a bucket would be anybody's after its owner. */
export function ownedBy(account: string): Record<string, Record<string, string>> {
  return { StringEquals: { 'aws:ResourceAccount': account } };
}

/** S3 uses the key for the caller. */
export function throughS3(scope: Construct, { region }: EnvironmentRegistry): Record<string, string> {
  return { 'kms:ViaService': `s3.${region}.${Stack.of(scope).urlSuffix}` };
}
