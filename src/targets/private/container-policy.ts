import { IRole, ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { deployedImages } from './deployed-images';
import { TargetParts } from './target-roles';
import { containerStatements } from '../../roles/statements/container-statements';

/** What every container in a target does, once for all roles that containers run as: a template that stack sets carry has little room. */
export class ContainerPolicy extends Construct {
  constructor(scope: Construct, id: string, parts: TargetParts, roles: IRole[]) {
    super(scope, id);
    new ManagedPolicy(this, 'Policy', {
      description: 'What containers do', path: parts.names.rolePath, roles, statements: containerStatements(this, parts.subnets, deployedImages(this, parts)),
    });
  }
}
