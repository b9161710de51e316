import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { AccountPrincipal, IManagedPolicy, IPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRole, TargetRole } from '../../names';
import { namedRole } from '../../private/named-role';
import { DeploymentStage } from '../../stages';
import { PromotedModels } from '../promoted-models';

/** What the roles of a deployment target are about. */
export interface TargetRoleParts {
  readonly names: EnvironmentNames;
  readonly stage: DeploymentStage;
  readonly subnets: ISubnet[];
  readonly securityGroups: ISecurityGroup[];
  readonly volumeKey: IKey;
  readonly captureKey: IKey;
  readonly captureBucket: IBucket;
  /** Where the stage has copies of its own. */
  readonly promotedModels?: PromotedModels;
  /** Accounts whose images stay where they are. */
  readonly imageAccounts?: string[];
  readonly permissionsBoundary?: IManagedPolicy;
}

/** What tells one role of a deployment target from another. */
export interface TargetRoleIdentity {
  readonly role: TargetRole;
  readonly description: string;
  readonly assumedBy: IPrincipal;
}

/** A role of a deployment target, called as EnvironmentNames says, so that the environment knows it before it is there. */
export function targetRole(scope: Construct, parts: TargetRoleParts, { role, description, assumedBy }: TargetRoleIdentity): Role {
  const { names, stage, permissionsBoundary } = parts;
  return namedRole(scope, 'Role', {
    roleName: names.targetRoleName(stage.stageName, role),
    path: names.rolePath,
    permissionsBoundary,
    description,
    assumedBy,
  });
}

/**
 * Roles of the environment, in its organization where the stage names one. The account and a condition, not the roles
 * themselves: IAM refuses a principal that does not exist yet.
 */
export function environmentRoles({ names, stage }: TargetRoleParts, ...roles: EnvironmentRole[]): IPrincipal {
  const arns = roles.map((role) => names.roleArn(role));
  return new AccountPrincipal(names.account).withConditions({
    ArnEquals: { 'aws:PrincipalArn': arns.length === 1 ? arns[0] : arns },
    ...(stage.organizationId ? { StringEquals: { 'aws:PrincipalOrgID': stage.organizationId } } : {}),
  });
}
