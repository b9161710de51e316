import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ownedBy, readReleases, throughS3 } from './release-statements';
import { TargetRoleParts, targetRole } from './target-role';
import { sageMaker } from '../../identity/sagemaker-trust';
import { TargetRole } from '../../names';
import { PackedPolicies } from '../../private/packed-policies';

/** What a deployed model runs as: reads released models, writes what is captured, and nothing else. */
export class ModelExecutionRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, private readonly parts: TargetRoleParts, findsModels = false) {
    super(scope, id);
    const description = 'What deployed models run as';
    this.role = targetRole(this, parts, { role: TargetRole.MODEL_EXECUTION, description, assumedBy: sageMaker(this) });
    this.role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [sageMaker(this)] }));
    const policies = new PackedPolicies(this, 'Policy', this.role, description, parts.names.rolePath);
    const statements = [...this.readModels(), ...findsModels ? [this.findModels()] : [], ...this.capture(), watchAlarms()];
    for (const statement of statements) policies.add(statement);
  }

  /** The target's own copies, or the environment's releases. */
  private readModels(): PolicyStatement[] {
    const { names, promotedModels } = this.parts;
    if (promotedModels === undefined) return readReleases(this, names);
    return [
      new PolicyStatement({ actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [promotedModels.bucket.arnForObjects('*')], conditions: ownedBy(Stack.of(this).account) }),
      new PolicyStatement({ actions: ['kms:Decrypt'], resources: [promotedModels.encryptionKey.keyArn], conditions: { StringEquals: throughS3(this, names) } }),
    ];
  }

  /**
   * Only where SageMaker fetches models from its own network: what it asks for before the artifact itself.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
   */
  private findModels(): PolicyStatement {
    const { names, promotedModels } = this.parts;
    const [bucketArn, owner] = promotedModels
      ? [promotedModels.bucket.bucketArn, Stack.of(this).account]
      : [names.releasesBucketArn, names.account];
    return new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn], conditions: ownedBy(owner) });
  }

  private capture(): PolicyStatement[] {
    const { captureBucket, captureKey, names } = this.parts;
    return [
      new PolicyStatement({ actions: ['s3:PutObject', 's3:AbortMultipartUpload'], resources: [captureBucket.arnForObjects('*')], conditions: ownedBy(Stack.of(this).account) }),
      new PolicyStatement({ actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [captureKey.keyArn], conditions: { StringEquals: throughS3(this, names) } }),
    ];
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
