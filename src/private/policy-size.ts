import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** How long the longest values are of what a template does not know. */
const LONGEST: Record<string, number> = { 'AWS::Partition': 10, 'AWS::Region': 14, 'AWS::AccountId': 12, 'AWS::URLSuffix': 16 };
const LONGEST_ID = 63;
const LONGEST_ARN = 90;
/** Accounts of images in a region, the longest list that a template looks up. */
const LONGEST_LIST = 300;

/** How many characters a policy of these statements has on AWS, without white space and with room for what is not known at synth. */
export function policySize(scope: IConstruct, statements: PolicyStatement[]): number {
  if (statements.length === 0) return 0; // the CDK writes no policy then
  const { Statement } = Stack.of(scope).resolve(new PolicyDocument({ statements: statements.map((statement) => statement.copy()) }));
  return JSON.stringify(Statement, (_, value: unknown) => rendered(value)).length + '{"Version":"2012-10-17","Statement":}'.length;
}

/** An intrinsic as a text of the length that its value can have. */
function rendered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const [[name, argument], ...others] = Object.entries(value).length > 0 ? Object.entries(value) : [['', undefined]];
  if (others.length > 0) return value;
  switch (name) {
    case 'Ref': return 'x'.repeat(LONGEST[String(argument)] ?? LONGEST_ID);
    case 'Fn::GetAtt': return 'x'.repeat(LONGEST_ARN);
    case 'Fn::Join': return joined(argument as [string, unknown]);
    case 'Fn::Sub': return String(argument);
    case 'Fn::FindInMap': return 'x'.repeat(LONGEST_LIST);
    default: return name.startsWith('Fn::') ? 'x'.repeat(LONGEST_ARN) : value;
  }
}

/** What is joined may itself be known to CloudFormation only: the parts of a value that was split. */
function joined([delimiter, parts]: [string, unknown]): string {
  return Array.isArray(parts) ? parts.map((part) => String(rendered(part))).join(delimiter) : 'x'.repeat(LONGEST_ID);
}
