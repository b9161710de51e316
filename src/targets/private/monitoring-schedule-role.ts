import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { passRole } from './pass-role';
import { START_MONITORS } from './perms';
import { TargetRoleParts, targetRole } from './target-role';
import { useVolumeKey } from './volume-key-statements';
import { TargetRole } from '../../names';
import { arnIn } from '../../private/arn';
import { PackedPolicies } from '../../private/packed-policies';

/**
 * What starts monitors, hour by hour: may start processing jobs of this environment that meet the guardrails, and hand them
 * exactly one role.
 */
export class MonitoringScheduleRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, parts: TargetRoleParts) {
    super(scope, id);
    const { names, stage, volumeKey, captureKey } = parts;
    const { account } = Stack.of(this);
    const description = 'What starts monitors';
    this.role = targetRole(this, parts, {
      role: TargetRole.MONITORING_SCHEDULE,
      description,
      // EventBridge Scheduler says which group a schedule is in, and not which schedule it is.
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnEquals: { 'aws:SourceArn': arnIn(this, 'scheduler', `schedule-group/${names.monitoringScheduleGroupName(stage.stageName)}`) },
        },
      }),
    });
    const policies = new PackedPolicies(this, 'Policy', this.role, description, names.rolePath);
    const statements = [
      new PolicyStatement({
        actions: [...START_MONITORS, 'sagemaker:AddTags'],
        resources: [arnIn(this, 'sagemaker', `processing-job/${names.environmentName}--*`)],
      }),
      passRole(names.targetRoleArn(stage.stageName, TargetRole.MONITORING, account), 'sagemaker'),
      ...useVolumeKey(this, volumeKey),
      new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [volumeKey.keyArn, captureKey.keyArn] }),
    ];
    for (const statement of statements) policies.add(statement);
  }
}
