import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** Room for what tokens become when they are deployed, such as ids in place of references. */
const LONGEST_TOKEN = 100;

/** How many characters a policy of these statements has on AWS, without white space and with room for what is not known at synth. */
export function policySize(scope: IConstruct, statements: PolicyStatement[]): number {
  const document = JSON.stringify(Stack.of(scope).resolve(new PolicyDocument({ statements: statements.map((statement) => statement.copy()) })));
  return document.replace(/\{"(Ref|Fn::[A-Za-z]+)":("[^"]*"|\[[^\]]*\])\}/g, 'x'.repeat(LONGEST_TOKEN)).length;
}
