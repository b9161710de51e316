import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { arnIn } from '../private/arn';

/**
 * SageMaker on behalf of this account. Studio and inference send exactly `arn:…:sagemaker:<region>:<account>:*`, so a
 * narrower pattern would break them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/security-confused-deputy-prevention.html
 */
export function sageMaker(scope: Construct): ServicePrincipal {
  const { account } = Stack.of(scope);
  return new ServicePrincipal('sagemaker.amazonaws.com', {
    conditions: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': arnIn(scope, 'sagemaker', '*') },
    },
  });
}

/** SageMaker may assume the role, and say for which user profile it does. */
export function sageMakerTrust(scope: Construct): PolicyStatement {
  return new PolicyStatement({ actions: ['sts:AssumeRole', 'sts:SetSourceIdentity'], principals: [sageMaker(scope)] });
}
