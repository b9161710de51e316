import { Duration } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CLOSING } from './acknowledgements';
import { EnvironmentNames, EnvironmentRole, EnvironmentRoleOptions } from '../../names';
import { acknowledge } from '../../private/acknowledgements';
import { arnIn } from '../../private/arn';
import { InlineHandler } from '../../private/inline-handler';
import { settingsOf } from '../../private/role-settings';

export interface ClosedDefaultGroupProps {
  readonly vpc: Vpc;
  readonly logsKey?: IKey;
  readonly names?: EnvironmentNames;
  readonly roleOptions?: EnvironmentRoleOptions;
}

/**
 * Takes the rules out of a VPC's default security group, which CloudFormation cannot do. Whatever is started without a
 * group of its own then reaches nothing.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-2
 */
export class ClosedDefaultGroup extends Construct {
  constructor(scope: Construct, id: string, props: ClosedDefaultGroupProps) {
    super(scope, id);
    acknowledge(this, CLOSING);
    const handler = new InlineHandler(this, 'Handler', {
      handler: 'default-security-group',
      description: 'Closes the default security group of a VPC',
      timeout: Duration.minutes(2),
      role: settingsOf(this, EnvironmentRole.DEFAULT_SECURITY_GROUP, props.names, props.roleOptions),
      logsKey: props.logsKey,
      statements: [
        new PolicyStatement({ actions: ['ec2:DescribeSecurityGroups'], resources: ['*'] }), // EC2 takes no narrower resource for descriptions
        new PolicyStatement({
          actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress'],
          resources: [arnIn(this, 'ec2', `security-group/${props.vpc.vpcDefaultSecurityGroup}`)],
        }),
      ],
    });
    handler.customResource(this, 'Resource', 'Custom::ClosedDefaultSecurityGroup', { GroupId: props.vpc.vpcDefaultSecurityGroup });
  }
}
