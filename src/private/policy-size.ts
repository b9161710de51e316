import { IResolvable, Reference, Stack, StringConcat, Token, Tokenization } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** How long the longest values are of what a template does not know. */
const LONGEST: Record<string, number> = { 'AWS::Partition': 10, 'AWS::Region': 14, 'AWS::AccountId': 12, 'AWS::URLSuffix': 16 };
const LONGEST_ID = 63;
const LONGEST_ARN = 90;
/** Accounts of images in a region, the longest list that a template looks up. */
const LONGEST_LIST = 300;

export const EMPTY_POLICY_SIZE = '{"Version":"2012-10-17","Statement":[]}'.length;

/**
 * How many characters a policy of these statements has on AWS, without white space and with room for what is not known at synth; merged
 * where that is asked for, or the app merges all.
 */
export function policySize(scope: IConstruct, statements: PolicyStatement[], minimize?: boolean): number {
  if (statements.length === 0) return 0; // the CDK writes no policy then
  const { Statement } = Stack.of(scope).resolve(new PolicyDocument({ minimize, statements: statements.map((statement) => statement.copy()) }));
  return JSON.stringify(Statement, (_, value: unknown) => rendered(value)).length + EMPTY_POLICY_SIZE - '[]'.length;
}

/**
 * How many characters a statement has by itself. It is not rendered for that: references are all that a template does not know,
 * and each is looked at once.
 */
export function statementSize(scope: IConstruct, statement: PolicyStatement): number {
  return sizeOfJson(scope, statement.toStatementJson());
}

/** The same of what a statement says. */
export function sizeOfJson(scope: IConstruct, statement: object): number {
  return JSON.stringify(withoutTokens(Stack.of(scope), statement)).length;
}

/** How many characters a policy of these statements has at most: the CDK leaves out what is there twice, and may merge others. */
export function largestSize(scope: IConstruct, statements: PolicyStatement[]): number {
  return statements.reduce((sum, statement) => sum + statementSize(scope, statement) + ','.length, EMPTY_POLICY_SIZE);
}

function withoutTokens(stack: Stack, value: unknown): unknown {
  if (typeof value === 'string') return Token.isUnresolved(value) ? textWithoutTokens(stack, value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Token.isUnresolved(value)) return rendered(stack.resolve(value));
  if (Array.isArray(value)) return value.map((part) => withoutTokens(stack, part));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withoutTokens(stack, part)]));
}

function textWithoutTokens(stack: Stack, text: string): unknown {
  return Tokenization.reverseString(text).mapTokens({ mapToken: (token) => lookedAt(stack, token) }).join(new StringConcat());
}

/** What a reference is in a stack does not change as long as statements are added. */
const references = new WeakMap<Stack, WeakMap<IResolvable, unknown>>();

function lookedAt(stack: Stack, token: IResolvable): unknown {
  const known = references.get(stack) ?? new WeakMap<IResolvable, unknown>();
  const value = known.get(token) ?? rendered(stack.resolve(token));
  if (Reference.isReference(token)) references.set(stack, known.set(token, value));
  return value;
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
