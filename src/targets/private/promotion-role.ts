import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ownedBy } from './release-statements';
import { TargetRoleParts, environmentRoles, targetRole } from './target-role';
import { EnvironmentRole, TargetRole } from '../../names';
import { arnIn } from '../../private/arn';
import { PackedPolicies } from '../../private/packed-policies';
import { anyImage } from '../../roles/statements/container-statements';
import { FIND_COPIES, PUSH_IMAGES, REGISTER_COPIES, WRITE_COPIES } from '../../roles/statements/promotion-actions';
import { PromotedModels } from '../promoted-models';

/** What the role that writes copies is made of. */
export type PromotionRoleProps = TargetRoleParts & { readonly promotedModels: PromotedModels };

/**
 * What writes copies of released models in a target: adds objects, images and versions, and takes nothing away. Only the build
 * of the environment's delivery pipelines that promotes becomes it.
 */
export class PromotionRole extends Construct {
  public readonly role: Role;

  constructor(scope: Construct, id: string, private readonly props: PromotionRoleProps) {
    super(scope, id);
    const description = 'What writes copies of released models';
    this.role = targetRole(this, props, { role: TargetRole.PROMOTION, description, assumedBy: environmentRoles(props, EnvironmentRole.PROMOTION) });
    const policies = new PackedPolicies(this, 'Policy', this.role, description, props.names.rolePath);
    for (const statement of [...this.objects(), ...this.images(), ...this.versions()]) policies.add(statement);
  }

  /** SageMaker looks at the artifact of a version as who registers it. */
  private objects(): PolicyStatement[] {
    const { promotedModels: { bucket, encryptionKey } } = this.props;
    const { region, urlSuffix } = Stack.of(this);
    return [
      new PolicyStatement({ actions: WRITE_COPIES, resources: [bucket.arnForObjects('*')], conditions: ownedBy(Stack.of(this).account) }),
      new PolicyStatement({ actions: FIND_COPIES, resources: [bucket.bucketArn], conditions: ownedBy(Stack.of(this).account) }),
      new PolicyStatement({
        actions: ['kms:GenerateDataKey', 'kms:Decrypt'], resources: [encryptionKey.keyArn], conditions: { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` } },
      }),
    ];
  }

  /** SageMaker looks at the image of a version as well: the copy, or AWS's own, which is in an account of AWS that differs by region. */
  private images(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: PUSH_IMAGES, resources: [this.props.promotedModels.repository.repositoryArn] }),
      // Manifests, of which nothing is pulled: a template that stack sets carry has no room for AWS's accounts a second time.
      new PolicyStatement({ actions: ['ecr:BatchGetImage', 'ecr:DescribeImages'], resources: [anyImage(this)] }),
    ];
  }

  private versions(): PolicyStatement[] {
    const { names, stage } = this.props;
    const named = (type: string) => arnIn(this, 'sagemaker', `${type}/${names.endpointPrefix(stage.stageName)}*`);
    return [
      new PolicyStatement({ actions: REGISTER_COPIES, resources: ['model-package-group', 'model-package'].map(named) }),
      new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: [named('model-package-group')], conditions: { Null: { 'sagemaker:TaggingAction': 'false' } } }),
    ];
  }
}
