import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** What a role needs, whoever makes it. */
export interface RequiredRole {
  readonly requiredTrust: PolicyDocument;
  readonly requiredPolicies: PolicyDocument[];
}

/** What was said of the roles of an environment, by the constructs that make or take them. */
const SAID = new WeakMap<IConstruct, { readonly environmentRole: string; readonly required: RequiredRole }>();

/** Says what a role of an environment needs. */
export function sayRequired(construct: IConstruct, environmentRole: string, required: RequiredRole): void {
  SAID.set(construct, { environmentRole, required });
}

/** What was said of a role below these constructs. */
export function requiredOf(constructs: IConstruct[], environmentRole: string): RequiredRole | undefined {
  return constructs.flatMap(({ node }) => node.findAll()).map((construct) => SAID.get(construct))
    .find((said) => said?.environmentRole === environmentRole)?.required;
}
