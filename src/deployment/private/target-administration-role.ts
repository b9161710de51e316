import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { describe } from '../../private/invalid-input';
import { MOST_POLICIES, PackedPolicies } from '../../private/packed-policies';
import { DeploymentStage, EnvironmentRegistry, RoleOptions } from '../../registry';

/** What an administration role of targets is made of. */
export interface TargetAdministrationRoleProps {
  readonly registry: EnvironmentRegistry;
  readonly stage: DeploymentStage;
  readonly stackSetName: string;
  readonly executionRoleName: string;
  readonly roleOptions?: RoleOptions;
}

/** How many accounts one statement names, so that statements can be packed. */
const ACCOUNTS_AT_ONCE = 20;

/**
 * The role with which CloudFormation enters the accounts of a list, for one stack set: becomes their execution role, and
 * does nothing else.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export class TargetAdministrationRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, { registry, stage, stackSetName, executionRoleName, roleOptions }: TargetAdministrationRoleProps) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const description = `Places deployment targets of the stage ${stage.stageName}`;
    const conditions = {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudformation:${region}:${account}:stackset/${stackSetName}:*` },
    };
    this.role = new Role(this, 'Role', {
      // Execution roles know it by its name.
      roleName: `${registry.environmentName}--${stage.stageName}--target-admin-${registry.region}`,
      path: roleOptions?.path,
      permissionsBoundary: roleOptions?.permissionsBoundary,
      description,
      assumedBy: new ServicePrincipal('cloudformation.amazonaws.com', { conditions }),
    });
    if (RegionInfo.get(registry.region).isOptInRegion) {
      // In regions that are off by default, the service comes as its regional self.
      const regional = ServicePrincipal.fromStaticServicePrincipleName(`cloudformation.${registry.region}.amazonaws.com`);
      this.role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [regional], conditions }));
    }
    const policies = new PackedPolicies(this, 'Policy', this.role, description, roleOptions?.path);
    const roles = stage.accountIds.map((target) => `arn:${partition}:iam::${target}:role/${executionRoleName}`);
    for (let first = 0; first < roles.length; first += ACCOUNTS_AT_ONCE) {
      policies.add(new PolicyStatement({ actions: ['sts:AssumeRole'], resources: roles.slice(first, first + ACCOUNTS_AT_ONCE) }));
    }
    this.node.addValidation({
      validate: () => (policies.count <= MOST_POLICIES ? [] : [describe({
        property: 'stage',
        value: `${roles.length} accounts in ${policies.count} policies`,
        rule: `take at most ${MOST_POLICIES} policies, as many as IAM attaches to a role`,
        remedy: 'Use DeploymentStage.organizationalUnits, which needs no role',
      })]),
    });
  }
}
