import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TargetRoleParts } from './target-role-parts';
import { containerStatements } from '../../private/container-statements';
import { PackedPolicies } from '../../private/packed-policies';
import { sageMaker } from '../../private/sagemaker-trust';
import { KeyPurpose, TargetRole } from '../../registry';

/** What a deployed model runs as: reads released models, writes what is captured, and nothing else. */
export class ModelExecutionRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, private readonly parts: TargetRoleParts) {
    super(scope, id);
    const { registry, stage, permissionsBoundary } = parts;
    const description = 'What deployed models run as';
    this.role = new Role(this, 'Role', {
      roleName: registry.targetRoleName(stage.stageName, TargetRole.MODEL_EXECUTION),
      path: registry.rolePath,
      permissionsBoundary,
      description,
      assumedBy: sageMaker(this),
    });
    this.role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [sageMaker(this)] }));
    const policies = new PackedPolicies(this, 'Policy', this.role, description, registry.rolePath);
    const statements = [...this.readModels(), ...this.capture(), watchAlarms(), ...containerStatements(this, parts.subnets)];
    for (const statement of statements) policies.add(statement);
  }

  /** The target's own copies; or the environment's releases, whose key is in another account, and known by its alias only. */
  private readModels(): PolicyStatement[] {
    const { registry, promotedModels } = this.parts;
    if (promotedModels !== undefined) {
      return [
        new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [promotedModels.bucket.arnForObjects('*')] }),
        new PolicyStatement({ actions: ['kms:Decrypt'], resources: [promotedModels.encryptionKey.keyArn], conditions: { StringEquals: this.throughS3 } }),
      ];
    }
    return [
      new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [`${registry.releasesBucketArn}/*`] }),
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [`arn:${registry.partition}:kms:${registry.region}:${registry.account}:key/*`],
        conditions: {
          'StringEquals': this.throughS3,
          'ForAnyValue:StringEquals': { 'kms:ResourceAliases': registry.keyAlias(KeyPurpose.RELEASES) },
        },
      }),
    ];
  }

  private capture(): PolicyStatement[] {
    const { captureBucket, captureKey } = this.parts;
    return [
      new PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [captureBucket.arnForObjects('*')] }),
      new PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [captureKey.keyArn], conditions: { StringEquals: this.throughS3 } }),
    ];
  }

  private get throughS3(): Record<string, string> {
    const { urlSuffix } = Stack.of(this);
    return { 'kms:ViaService': `s3.${this.parts.registry.region}.${urlSuffix}` };
  }
}

/**
 * SageMaker looks at the alarms that roll an update back as the model's role. CloudWatch lists alarms of an account only as a
 * whole.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-configuration.html
 */
function watchAlarms(): PolicyStatement {
  return new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] });
}
