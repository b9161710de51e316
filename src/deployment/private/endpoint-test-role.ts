import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TargetRoleParts } from './target-role-parts';
import { EnvironmentRole, TargetRole } from '../../registry';

/** What tests endpoints of a target: describes and invokes them, and nothing else. Only builds of the environment become it: those that test,
 * and those that find out which targets are there. */
export class EndpointTestRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, { registry, stage, permissionsBoundary }: TargetRoleParts) {
    super(scope, id);
    const { partition, region, account } = Stack.of(this);
    const description = 'What tests model endpoints';
    this.role = new Role(this, 'Role', {
      roleName: registry.targetRoleName(stage.stageName, TargetRole.ENDPOINT_TEST),
      path: registry.rolePath,
      permissionsBoundary,
      description,
      // The account and a condition, not the role itself: IAM refuses a principal that does not exist yet.
      assumedBy: new AccountPrincipal(registry.account).withConditions({
        ArnEquals: { 'aws:PrincipalArn': [EnvironmentRole.CODE_BUILD, EnvironmentRole.DEPLOYMENT_ACCOUNTS].map((role) => registry.roleArn(role)) },
        ...(stage.organizationId ? { StringEquals: { 'aws:PrincipalOrgID': stage.organizationId } } : {}),
      }),
    });
    new ManagedPolicy(this, 'Policy', {
      description,
      path: registry.rolePath,
      roles: [this.role],
      statements: [new PolicyStatement({
        actions: ['sagemaker:DescribeEndpoint', 'sagemaker:InvokeEndpoint'],
        resources: [`arn:${partition}:sagemaker:${region}:${account}:endpoint/${registry.endpointPrefix(stage.stageName)}*`],
      })],
    });
  }
}
