import { PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { InputCheck } from '../../private/input-check';
import { EMPTY_POLICY_SIZE } from '../../private/policy-size';

/**
 * Characters that AWS Organizations takes of a policy, by its type: of service control policies twice as many since 15 May 2026.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const LARGEST: Record<string, number> = {
  SERVICE_CONTROL_POLICY: 10_240, RESOURCE_CONTROL_POLICY: 5_120, DECLARATIVE_POLICY_EC2: 10_000, S3_POLICY: 10_000,
};

/** Characters that IAM takes of a managed policy, of which one is a boundary. */
const LARGEST_BOUNDARY = 6_144;

/** Service control policies of a root, unit or account: ten since the same day, less `FullAWSAccess`, without which nothing is allowed. */
const MOST_POLICIES = 9;

/** How many characters statements have in a document, without white space. */
export function sizeOf(statements: PolicyStatement[]): number {
  const commas = Math.max(statements.length - 1, 0);
  return statements.reduce((sum, statement) => sum + JSON.stringify(statement.toStatementJson()).length, EMPTY_POLICY_SIZE + commas);
}

/** Statements in documents of at most so many characters, in their order: the same statements make the same documents. */
export function documentsOf(statements: PolicyStatement[], most: number): PolicyDocument[] {
  const groups: PolicyStatement[][] = [];
  for (const statement of statements) {
    const last = groups[groups.length - 1];
    if (last !== undefined && sizeOf([...last, statement]) <= most) last.push(statement);
    else groups.push([statement]);
  }
  return groups.map((group) => new PolicyDocument({ statements: group }));
}

/** Refuses what AWS would refuse at the deployment. */
export function checkFit(scope: Construct, policies: Record<string, Record<string, unknown>>, boundary: PolicyStatement[]): void {
  const remedy = 'Name fewer values, with wildcards where AWS takes them, or guard units apart from one another, each by its own OrganizationGuardrails';
  const control = Object.keys(policies.SERVICE_CONTROL_POLICY).length;
  const check = new InputCheck(scope);
  for (const [type, documents] of Object.entries(policies)) {
    const largest = Math.max(...Object.values(documents).map((content) => JSON.stringify(content).length));
    if (largest > LARGEST[type]) check.report('workloads', `${largest} characters`, `fit into policies of type ${type}, of which AWS Organizations takes ${LARGEST[type]} characters`, remedy);
  }
  if (control > MOST_POLICIES) check.report('workloads', `${control} policies`, `fit into ${MOST_POLICIES} service control policies, as many as AWS Organizations attaches beside FullAWSAccess`, remedy);
  if (sizeOf(boundary) > LARGEST_BOUNDARY) check.report('instanceTypes', `${sizeOf(boundary)} characters`, `fit into a permissions boundary of ${LARGEST_BOUNDARY} characters, as many as IAM takes`, 'Name families, such as ml.m5.*');
  check.throwIfInvalid();
}
