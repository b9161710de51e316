import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledgements';
import { PackedPolicies } from '../private/packed-policies';
import { EnvironmentRegistry, EnvironmentRole, TargetRole } from '../registry';
import { DeploymentStage } from '../stages';
import { STACK_SET_ADMINISTRATION } from './private/acknowledgements';
import { arnIn } from '../private/arn';

/** Properties of an administration role. */
export interface StackSetAdministrationRoleProps {
  /** The names of the environment, from which the role and the roles that it assumes are named. */
  readonly registry: EnvironmentRegistry;

  /** Stages to which endpoints are deployed. */
  readonly deploymentStages: DeploymentStage[];
}

/**
 * Administration role of the stack sets that deploy endpoints.
 *
 * It assumes the deployment roles of accounts that belong to a stage, and does nothing else. CloudFormation assumes it for the
 * environment's own stack sets only.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html
 */
export class StackSetAdministrationRole extends Construct {
  /** The role. */
  public readonly role: Role;

  constructor(scope: Construct, id: string, props: StackSetAdministrationRoleProps) {
    super(scope, id);
    acknowledge(this, STACK_SET_ADMINISTRATION);
    const { registry, deploymentStages } = props;
    const { account } = Stack.of(this);
    const settings = registry._roleSettings(EnvironmentRole.STACK_SET_ADMINISTRATOR);
    const description = 'Deploys model endpoints to target accounts';
    this.role = new Role(this, 'Role', {
      ...settings,
      description,
      assumedBy: new ServicePrincipal('cloudformation.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': arnIn(this, 'cloudformation', `stackset/${registry.environmentName}--*`) },
        },
      }),
    });
    const policies = new PackedPolicies(this, 'Policy', this.role, description, settings.path, {
      property: 'deploymentStages',
      remedy: 'Use DeploymentStage.organizationalUnits: its policies have the same size for any number of accounts',
    });
    for (const statement of deploymentStages.flatMap((stage) => enter(registry, stage))) policies.add(statement);
  }
}

/** How many accounts one statement names: a list as long as a policy could not be packed with others. */
const ACCOUNTS_AT_ONCE = 100;

/** Accounts by their number, or by where they are in the organization: one statement, however many they are. */
function enter(registry: EnvironmentRegistry, stage: DeploymentStage): PolicyStatement[] {
  const role = (account: string) => registry.targetRoleArn(stage.stageName, TargetRole.DEPLOYMENT, account);
  const assume = (resources: string[], conditions = {}) => new PolicyStatement({ actions: ['sts:AssumeRole'], resources, conditions });
  if (stage.isSameAccount) return [assume([role(registry.account)])];
  if (stage.accountIds.length > 0) {
    return inGroups(stage.accountIds, ACCOUNTS_AT_ONCE).map((accounts) => assume([role('*')], { StringEquals: { 'aws:ResourceAccount': accounts } }));
  }
  return [assume([role('*')], { 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': stage.organizationalUnitPaths.map((path) => `${path}*`) } })];
}

function inGroups(ids: string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) => ids.slice(index * size, (index + 1) * size));
}
