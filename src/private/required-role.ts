import { Lazy } from 'aws-cdk-lib';
import { IRole, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';

/** What a role needs, whoever makes it. */
export interface RequiredRole {
  readonly requiredTrust: PolicyDocument;
  readonly requiredPolicies: PolicyDocument[];
}

/** What was said of the roles of an environment, by the constructs that make or take them. */
const SAID = new WeakMap<IConstruct, { readonly environmentRole: string; readonly required: RequiredRole }>();

/** Says what a role of an environment needs. */
export function sayRequired(construct: IConstruct, environmentRole: string, required: RequiredRole, existingRole?: IRole): void {
  SAID.set(construct, { environmentRole, required });
  if (existingRole) sayToPreflight(construct, existingRole, required);
}

/** In the cloud assembly, and not in a template, which has little room: `preflight` compares it with what the role has. */
const REQUIRED = 'cdk-secure-mlops:required-role';

/** Says beside the template what a role needs that exists already, once everything has been added. */
export function sayToPreflight(construct: IConstruct, { roleArn }: IRole, required: RequiredRole): void {
  construct.node.addMetadata(REQUIRED, {
    roleArn, trust: Lazy.any({ produce: () => required.requiredTrust }), policies: Lazy.any({ produce: () => required.requiredPolicies }),
  });
}

/** What was said of a role below these constructs. */
export function requiredOf(constructs: IConstruct[], environmentRole: string): RequiredRole | undefined {
  return constructs.flatMap(({ node }) => node.findAll()).map((construct) => SAID.get(construct))
    .find((said) => said?.environmentRole === environmentRole)?.required;
}
