import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** SageMaker asks for the volume key as whoever starts an instance does, and hands it on to EBS by a grant. */
export function useVolumeKey(scope: Construct, { keyArn }: IKey): PolicyStatement[] {
  const { region, urlSuffix } = Stack.of(scope);
  const through = { 'kms:ViaService': `sagemaker.${region}.${urlSuffix}` };
  return [
    new PolicyStatement({ actions: ['kms:CreateGrant'], resources: [keyArn], conditions: { StringEquals: through, Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
    new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'], resources: [keyArn], conditions: { StringEquals: through } }),
  ];
}
