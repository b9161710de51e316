import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { Construct } from 'constructs';

/** Days without use after which a permission counts as unused. */
const UNUSED_AGE = 90;

/** Resources that are reached from outside of the account. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html */
export function findExternalAccess(scope: Construct): void {
  new CfnAnalyzer(scope, 'ExternalAccess', { type: 'ACCOUNT' });
}

/** Roles, users and permissions that nobody uses. */
export function findUnusedAccess(scope: Construct): void {
  new CfnAnalyzer(scope, 'UnusedAccess', { type: 'ACCOUNT_UNUSED_ACCESS', analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge: UNUSED_AGE } } });
}
