import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { deployedImages } from './deployed-images';
import { TargetParts, TargetRoles } from './target-roles';
import { containerStatements } from '../../roles/statements/container-statements';
import { TargetRoleCard } from '../../roles/targets/card';

/** What every container in a target does, once for all roles that containers run as: a template that stack sets carry has little room. */
export class ContainerPolicy extends Construct {
  constructor(scope: Construct, id: string, parts: TargetParts, all: TargetRoles) {
    super(scope, id);
    const statements = containerStatements(this, parts.subnets, deployedImages(this, parts)), roles = all.made(runContainers);
    if (roles.length > 0) new ManagedPolicy(this, 'Policy', { description: 'What containers do', path: parts.names.rolePath, roles, statements });
    all.require(runContainers, statements);
  }
}

function runContainers({ runsContainers }: TargetRoleCard): boolean | undefined {
  return runsContainers;
}
