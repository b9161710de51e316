import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RoleCard } from './card';
import { LAMBDA } from './service-trust';
import { EnvironmentRole } from '../names';
import { arnIn } from '../private/arn';

/** What the default security group of one VPC is closed with. */
interface ClosingContext {
  readonly scope: Construct;
  readonly groupId: string;
}

/** What takes the rules out of the VPC's default security group: a handler of the library's. */
export const DEFAULT_SECURITY_GROUP: RoleCard<ClosingContext> = {
  role: EnvironmentRole.DEFAULT_SECURITY_GROUP,
  id: 'DefaultSecurityGroup',
  description: 'Closes the default security group of a VPC',
  assumedBy: [LAMBDA],
  may: ({ scope, groupId }) => [
    new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] }), // EC2 takes no narrower resource for descriptions
    new PolicyStatement({
      actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
      resources: [arnIn(scope, 'ec2', `security-group/${groupId}`)],
    }),
  ],
  buckets: [],
  never: ['ec2:AuthorizeSecurityGroup*', 'ec2:Create*', 'ec2:Delete*', 's3:*', 'kms:*', 'iam:*', 'sts:*'],
};
