import { CfnResource } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** Something that exists already: its type in CloudFormation, and what its properties have to be. */
export interface Given {
  readonly Type: string;
  readonly [property: string]: unknown;
}

/** Where a template says so: `preflight` looks for what no resource of the stack names. */
const GIVEN = 'cdk-secure-mlops:given';

/** Says at a resource what a stack needs that exists already. */
export function sayGiven(construct: IConstruct, given: Given[]): void {
  if (given.length > 0) (construct.node.defaultChild as CfnResource).addMetadata(GIVEN, given);
}
