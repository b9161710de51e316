import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { LISTING } from './acknowledgements';
import { EnvironmentNames, EnvironmentRole } from '../../names';
import { acknowledge } from '../../private/acknowledgements';
import { namedRole } from '../../private/named-role';
import { rolesByName } from '../../roles/service-trust';
import { listOrganization } from '../../roles/statements/organization-actions';
import { DeploymentStage } from '../../stages';

/** What a role that lists accounts is for. */
export interface ListingRoleProps {
  readonly names: EnvironmentNames;
  readonly stage: DeploymentStage;
}

/** In the platform's account: tells the environment's delivery pipelines which accounts are in the units of a stage. */
export class ListingRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, { names, stage }: ListingRoleProps) {
    super(scope, id);
    acknowledge(this, LISTING);
    const description = `Lists the accounts of the stage ${stage.stageName} of the data-science environment ${names.environmentName}`;
    this.role = namedRole(this, 'Role', {
      roleName: names.listingRoleName(stage.stageName),
      description,
      assumedBy: rolesByName(names.account, [names.roleArn(EnvironmentRole.DEPLOYMENT_ACCOUNTS)], stage.organizationId),
    });
    new ManagedPolicy(this, 'Policy', {
      description,
      roles: [this.role],
      statements: listOrganization(this, stage.organizationId!),
    });
  }
}
