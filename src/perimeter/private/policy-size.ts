import { Stack } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { describe } from '../../private/invalid-input';

/** Room for what tokens become when they are deployed, such as ids in place of references. */
const LONGEST_TOKEN = 128;

/** A policy that AWS would refuse for its size fails at synth, and says what to use instead. */
export function checkPolicySize(construct: IConstruct, statements: PolicyStatement[], kind: string, limit: number): void {
  construct.node.addValidation({
    validate: () => {
      const size = sizeOf(construct, statements);
      return size <= limit ? [] : [describe({
        property: 'deploymentStages',
        value: `a ${kind} of ${size} bytes`,
        rule: `fit into a ${kind} of ${limit} bytes`,
        remedy: 'Use DeploymentStage.organizationalUnits: its policies have the same size for any number of accounts',
      })];
    },
  });
}

function sizeOf(construct: IConstruct, statements: PolicyStatement[]): number {
  const document = JSON.stringify(Stack.of(construct).resolve(new PolicyDocument({ statements: statements.map((statement) => statement.copy()) })));
  return Buffer.byteLength(document.replace(/\{"(Ref|Fn::[A-Za-z]+)":("[^"]*"|\[[^\]]*\])\}/g, 'x'.repeat(LONGEST_TOKEN)));
}
