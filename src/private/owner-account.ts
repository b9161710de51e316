import { CfnOutput, Lazy, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/**
 * Whether a bucket is surely another account's. Where one of both is not known, it counts as ours: whoever is spared as its owner might
 * be anybody of the environment's account.
 */
export function isOfAnotherAccount(bucket: IBucket, account: string): boolean {
  return Token.compareStrings(bucket.env.account, account) === TokenComparison.DIFFERENT;
}

/** Tells somebody else what to add to a policy, as an output of the stack. */
export function policyOutput(scope: Construct, id: string, description: string, statements: () => PolicyStatement[]): CfnOutput {
  return new CfnOutput(scope, id, {
    description,
    value: Lazy.uncachedString({ produce: () => Stack.of(scope).toJsonString(new PolicyDocument({ statements: statements() }).toJSON()) }),
  });
}
