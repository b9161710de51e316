import { ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TargetRoleParts, environmentRoles, targetRole } from './target-role';
import { EnvironmentRole, TargetRole } from '../../names';
import { arnIn } from '../../private/arn';

/** What tests endpoints of a target: describes and invokes them, and nothing else. Only builds of the environment become it: those that test,
 * and those that find out which targets are there. */
export class EndpointTestRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, parts: TargetRoleParts) {
    super(scope, id);
    const { names, stage } = parts;
    const description = 'What tests model endpoints';
    this.role = targetRole(this, parts, {
      role: TargetRole.ENDPOINT_TEST,
      description,
      assumedBy: environmentRoles(parts, EnvironmentRole.CODE_BUILD, EnvironmentRole.DEPLOYMENT_ACCOUNTS),
    });
    new ManagedPolicy(this, 'Policy', {
      description,
      path: names.rolePath,
      roles: [this.role],
      statements: [new PolicyStatement({
        actions: ['sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'],
        resources: [arnIn(this, 'sagemaker', `endpoint/${names.endpointPrefix(stage.stageName)}*`)],
      })],
    });
  }
}
