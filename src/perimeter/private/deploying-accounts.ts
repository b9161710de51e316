import { Token } from 'aws-cdk-lib';

/** Why a deploying role is of the account that it deploys to, and what to give. */
export const DEPLOYS_HERE = 'CloudFormation deploys a stack with a role of the stack\'s own account: give that one, not the role of the pipeline that starts the deployment';

/** Whether the role of an ARN is of an account, as far as both are known. */
export function isOfAccount(arn: string, account: string): boolean {
  const accountOfArn = arn.split(':')[4];
  return Token.isUnresolved(arn) || Token.isUnresolved(account) || accountOfArn === account || !/^\d{12}$/.test(accountOfArn);
}
