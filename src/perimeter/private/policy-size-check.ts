import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { describe } from '../../private/invalid-input';
import { largestSize, policySize } from '../../private/policy-size';

/** A policy that AWS would refuse for its size fails at synth, and says what to use instead. */
export function checkPolicySize(construct: IConstruct, statements: PolicyStatement[], kind: string, limit: number): void {
  construct.node.addValidation({
    validate: () => {
      if (largestSize(construct, statements) <= limit) return []; // far most of them: to render a policy takes much longer
      const size = policySize(construct, statements);
      return size <= limit ? [] : [describe({
        property: 'deploymentStages',
        value: `a ${kind} of ${size} bytes`,
        rule: `fit into a ${kind} of ${limit} bytes`,
        remedy: 'Use DeploymentStage.organizationalUnits: its policies have the same size for any number of accounts',
      })];
    },
  });
}

/** Adds statements to a policy, which must not become too large. */
export function addStatements(
  construct: IConstruct, statements: PolicyStatement[], kind: string, limit: number, add: (statement: PolicyStatement) => void,
): void {
  checkPolicySize(construct, statements, kind, limit);
  for (const statement of statements) add(statement);
}
