import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ownedBy, readReleases, throughS3 } from './release-statements';
import { TargetRoleParts, targetRole } from './target-role';
import { sageMaker } from '../../identity/sagemaker-trust';
import { TargetRole } from '../../names';
import { CAPTURES, GROUND_TRUTH, MONITORING_REPORTS } from '../../perimeter/capture-folders';
import { PackedPolicies } from '../../private/packed-policies';

/**
 * What looks at what endpoints have captured: reads captures, ground truth and the baselines of released models, writes reports
 * and metrics, and nothing else. It runs a program of the library's, never code of a repository.
 */
export class MonitoringRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, private readonly parts: TargetRoleParts) {
    super(scope, id);
    const description = 'What monitors run as';
    this.role = targetRole(this, parts, { role: TargetRole.MONITORING, description, assumedBy: sageMaker(this) });
    const policies = new PackedPolicies(this, 'Policy', this.role, description, parts.names.rolePath);
    const statements = [...readReleases(this, parts.names), ...this.captures(), this.measure()];
    for (const statement of statements) policies.add(statement);
  }

  private captures(): PolicyStatement[] {
    const { captureBucket, captureKey, names } = this.parts;
    const ours = ownedBy(Stack.of(this).account);
    const within = (...prefixes: string[]) => prefixes.map((prefix) => `${prefix}*`);
    return [
      new PolicyStatement({ actions: ['s3:GetObject'], resources: within(CAPTURES, GROUND_TRUTH).map((keys) => captureBucket.arnForObjects(keys)), conditions: ours }),
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [captureBucket.bucketArn],
        // Names of reports say which hours were looked at.
        conditions: { ...ours, StringLike: { 's3:prefix': within(CAPTURES, GROUND_TRUTH, MONITORING_REPORTS) } },
      }),
      new PolicyStatement({ actions: ['s3:PutObject'], resources: within(MONITORING_REPORTS).map((keys) => captureBucket.arnForObjects(keys)), conditions: ours }),
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: [captureKey.keyArn], conditions: { StringEquals: throughS3(this, names) },
      }),
      // What SageMaker may ask besides, where a job's request names the key of its output.
      new PolicyStatement({
        actions: ['kms:Encrypt'],
        resources: [captureKey.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': ['s3', 'sagemaker'].map((service) => `${service}.${names.region}.${Stack.of(this).urlSuffix}`) } },
      }),
    ];
  }

  private measure(): PolicyStatement {
    const { names, stage } = this.parts;
    return new PolicyStatement({
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'], // CloudWatch takes no resource, but the namespace
      conditions: { StringEquals: { 'cloudwatch:namespace': names.monitoringNamespace(stage.stageName) } },
    });
  }
}
