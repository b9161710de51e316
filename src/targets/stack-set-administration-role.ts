import { IRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentNames } from '../names';
import { acknowledge } from '../private/acknowledgements';
import { namedRole } from '../private/named-role';
import { packedDocuments, PackedPolicies } from '../private/packed-policies';
import { sayRequired } from '../private/required-role';
import { NamedRoleSettings } from '../private/role-settings';
import { grantedTo, serviceStatement, trustServices } from '../roles/service-trust';
import { STACK_SET_ADMINISTRATOR } from '../roles/stack-set-administrator';
import { DeploymentStage } from '../stages';
import { STACK_SET_ADMINISTRATION } from './private/acknowledgements';

/** Properties of an administration role. */
export interface StackSetAdministrationRoleProps {
  /** The names of the environment, from which the role and the roles that it assumes are named. */
  readonly names: EnvironmentNames;

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
  public readonly role: IRole;

  constructor(scope: Construct, id: string, props: StackSetAdministrationRoleProps) {
    super(scope, id);
    acknowledge(this, STACK_SET_ADMINISTRATION);
    const { names, deploymentStages } = props;
    const { role, assumedBy, may } = STACK_SET_ADMINISTRATOR, statements = may({ names, deploymentStages }), settings = names._roleSettings(role);
    this.role = settings.existingRole ?? this.make(names, settings, statements);
    sayRequired(this, role, {
      requiredTrust: new PolicyDocument({ statements: grantedTo(assumedBy).map((trust) => serviceStatement(this, names, trust)) }),
      requiredPolicies: packedDocuments(this, statements),
    });
  }

  private make(names: EnvironmentNames, settings: NamedRoleSettings, statements: PolicyStatement[]): IRole {
    const { description, assumedBy } = STACK_SET_ADMINISTRATOR;
    const role = trustServices(this, names, grantedTo(assumedBy), (principal) => namedRole(this, 'Role', { ...settings, description, assumedBy: principal }));
    const policies = new PackedPolicies(this, 'Policy', role, description, settings.path, {
      property: 'deploymentStages',
      remedy: 'Use DeploymentStage.organizationalUnits: its policies have the same size for any number of accounts',
    });
    for (const statement of statements) policies.add(statement);
    return role;
  }
}
