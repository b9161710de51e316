import { createHash } from 'crypto';
import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { EnvironmentNames, EnvironmentRoleOptions } from '../../names';
import { arnIn } from '../../private/arn';
import { describe } from '../../private/invalid-input';
import { namedRole } from '../../private/named-role';
import { MOST_POLICIES, packed } from '../../private/packed-policies';
import { DeploymentStage } from '../../stages';

/** What an administration role of targets is made of. */
export interface TargetAdministrationRoleProps {
  readonly names: EnvironmentNames;
  readonly stage: DeploymentStage;
  readonly stackSetName: string;
  readonly executionRoleName: string;
  readonly roleOptions?: EnvironmentRoleOptions;
}

/** How many accounts one statement names, so that statements can be packed. */
const ACCOUNTS_AT_ONCE = 20;

/** While the list changes, policies of the old one are attached as well. */
const MOST_HERE = MOST_POLICIES / 2;

/**
 * The role with which CloudFormation enters the accounts of a list, for one stack set: becomes their execution role, and
 * does nothing else.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export class TargetAdministrationRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, { names, stage, stackSetName, executionRoleName, roleOptions }: TargetAdministrationRoleProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    const description = `Places deployment targets of the stage ${stage.stageName}`;
    const conditions = {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': arnIn(this, 'cloudformation', `stackset/${stackSetName}:*`) },
    };
    this.role = namedRole(this, 'Role', {
      // Execution roles know it by its name.
      roleName: `${names.environmentName}--${stage.stageName}--target-admin-${names.region}`,
      path: roleOptions?.path,
      permissionsBoundary: roleOptions?.permissionsBoundary,
      description,
      assumedBy: new ServicePrincipal('cloudformation.amazonaws.com', { conditions }),
    });
    if (RegionInfo.get(names.region).isOptInRegion) {
      // In regions that are off by default, the service comes as its regional self.
      const regional = ServicePrincipal.fromStaticServicePrincipleName(`cloudformation.${names.region}.amazonaws.com`);
      this.role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [regional], conditions }));
    }
    const roles = stage.accountIds.map((target) => arnIn(this, 'iam', `role/${executionRoleName}`, { account: target }));
    const entries = inGroups(roles, ACCOUNTS_AT_ONCE).map((resources) => new PolicyStatement({ actions: ['sts:AssumeRole'], resources }));
    const policies = packed(this, entries);
    for (const statements of policies) {
      new ManagedPolicy(this, `Policy${digestOf(statements)}`, { description, path: roleOptions?.path, roles: [this.role], statements });
    }
    this.node.addValidation({
      validate: () => (policies.length <= MOST_HERE ? [] : [describe({
        property: 'stage',
        value: `${roles.length} accounts in ${policies.length} policies`,
        rule: `take at most ${MOST_HERE} policies, half as many as IAM attaches to a role, for a change has the old ones beside the new`,
        remedy: 'Use DeploymentStage.organizationalUnits, which needs no role',
      })]),
    });
  }
}

function inGroups(arns: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(arns.length / size) }, (_, index) => arns.slice(index * size, (index + 1) * size));
}

/**
 * Other accounts make another policy, and CloudFormation removes the old one when everything else is done. One that was changed
 * in place would lose an account that leaves the list before the stack set has taken its target away.
 */
function digestOf(statements: PolicyStatement[]): string {
  const accounts = statements.flatMap(({ resources }) => resources.map((arn) => arn.split(':')[4]));
  return createHash('sha256').update(accounts.join()).digest('hex').slice(0, 8);
}
