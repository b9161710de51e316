import { Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
    const statements = deploymentStages.flatMap(({ _accounts }) => _accounts.enter(registry, TargetRole.DEPLOYMENT, ACCOUNTS_AT_ONCE));
    for (const statement of statements) policies.add(statement);
  }
}

/** How many accounts one statement names: a list as long as a policy could not be packed with others. */
const ACCOUNTS_AT_ONCE = 100;
