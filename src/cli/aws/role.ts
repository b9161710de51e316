import { Account, itemsOf, PolicyDocument, policyOf, PolicyStatement } from './account';

/** A policy that is attached to a role, or in it. */
export interface RolePolicy {
  readonly name: string;
  readonly statements: PolicyStatement[];
}

/** A role, as IAM knows it. */
export interface RoleOfAccount {
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly policies: RolePolicy[];
  readonly boundary?: RolePolicy;
}

/** What is needed to read a role. */
export const READ_ROLE = ['iam:GetPolicy', 'iam:GetPolicyVersion', 'iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'];

/** Reads a role with all of its policies; undefined if there is none. */
export async function roleCalled(account: Account, roleArn: string): Promise<RoleOfAccount | undefined> {
  const RoleName = roleArn.slice(roleArn.lastIndexOf('/') + 1), subject = `the role ${roleArn}`, absent = ['NoSuchEntity'];
  const answer = await account.query('iam', { action: 'iam:GetRole', subject, absent }, { RoleName });
  if (answer === undefined) return undefined;
  const { Arn, AssumeRolePolicyDocument, PermissionsBoundary: boundary } = answer.Role;
  const attached = await account.query('iam', { action: 'iam:ListAttachedRolePolicies', subject }, { RoleName, MaxItems: '1000' });
  const inline = await account.query('iam', { action: 'iam:ListRolePolicies', subject }, { RoleName, MaxItems: '1000' });
  const policies: RolePolicy[] = [];
  for (const { PolicyArn } of itemsOf(attached?.AttachedPolicies)) policies.push(await managed(account, String(PolicyArn)));
  for (const name of itemsOf(inline?.PolicyNames).map(String)) {
    const policy = await account.query('iam', { action: 'iam:GetRolePolicy', subject: `the policy ${name} of ${roleArn}` }, { RoleName, PolicyName: name });
    policies.push({ name, statements: policyOf(String(policy?.PolicyDocument)).Statement });
  }
  return {
    arn: String(Arn),
    trust: policyOf(String(AssumeRolePolicyDocument)),
    policies,
    boundary: boundary && await managed(account, String(boundary.PermissionsBoundaryArn)),
  };
}

/** The version of a managed policy that counts. */
async function managed(account: Account, arn: string): Promise<RolePolicy> {
  const subject = `the policy ${arn}`;
  const policy = await account.query('iam', { action: 'iam:GetPolicy', subject }, { PolicyArn: arn });
  const version = await account.query('iam', { action: 'iam:GetPolicyVersion', subject }, { PolicyArn: arn, VersionId: String(policy?.Policy.DefaultVersionId) });
  return { name: arn, statements: policyOf(String(version?.PolicyVersion.Document)).Statement };
}
