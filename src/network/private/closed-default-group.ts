import { Duration } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CLOSING } from './acknowledgements';
import { EnvironmentNames, EnvironmentRoleOptions } from '../../names';
import { acknowledge } from '../../private/acknowledgements';
import { InlineHandler } from '../../private/inline-handler';
import { settingsOf } from '../../private/role-settings';
import { DEFAULT_SECURITY_GROUP } from '../../roles/default-security-group';

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
    const { vpcDefaultSecurityGroup: groupId } = props.vpc;
    const handler = new InlineHandler(this, 'Handler', {
      handler: 'default-security-group',
      description: DEFAULT_SECURITY_GROUP.description,
      timeout: Duration.minutes(2),
      role: settingsOf(this, DEFAULT_SECURITY_GROUP.role, props.names, props.roleOptions),
      logsKey: props.logsKey,
      statements: DEFAULT_SECURITY_GROUP.may({ scope: this, groupId }),
    });
    handler.customResource(this, 'Resource', 'Custom::ClosedDefaultSecurityGroup', { GroupId: groupId });
  }
}
