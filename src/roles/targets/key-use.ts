import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TargetContext } from './context';
import { TargetKeyPurpose } from '../../names';

/** A key that a role of a target uses itself, and not by a bucket's objects: always through a service, on the role's behalf. */
export interface TargetKeyUse {
  readonly purpose: TargetKeyPurpose;
  /** The service through which it is used. */
  readonly service: string;
  /** What it takes of the role's own permissions. */
  readonly allows: (context: TargetContext) => PolicyStatement[];
}

/**
 * Storage volumes of what the role starts. SageMaker asks for their key as whoever starts an instance does, and hands it on to EBS by a
 * grant. Whoever names a key is asked whether it sees that key.
 */
export const VOLUMES: TargetKeyUse = {
  purpose: TargetKeyPurpose.VOLUMES,
  service: 'sagemaker',
  allows: ({ scope, volumeKey: { keyArn }, captureKey }) => {
    const { region, urlSuffix } = Stack.of(scope);
    const through = { 'kms:ViaService': `sagemaker.${region}.${urlSuffix}` };
    return [
      new PolicyStatement({ actions: ['kms:CreateGrant'], resources: [keyArn], conditions: { StringEquals: through, Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
      new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'], resources: [keyArn], conditions: { StringEquals: through } }),
      new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [keyArn, captureKey.keyArn] }),
    ];
  },
};
