import { Construct } from 'constructs';
import { TargetParts } from './target-roles';
import { TargetParameter } from '../../names';

/** What a target tells about itself. */
export interface TargetParametersProps extends TargetParts {
  readonly vpcId: string;
  readonly modelRoleArn: string;
}

/** The SSM parameters of a target: what endpoint stacks read by CloudFormation's parameter types, so that nothing ever looks anything up. */
export class TargetParameters extends Construct {
  constructor(scope: Construct, id: string, props: TargetParametersProps) {
    super(scope, id);
    const { names, stage: { stageName } } = props;
    const publish = (parameter: TargetParameter, value: string) => names._publishInTarget(this, stageName, parameter, value);
    const publishList = (parameter: TargetParameter, values: string[]) => names._publishListInTarget(this, stageName, parameter, values);
    publish(TargetParameter.VPC_ID, props.vpcId);
    publishList(TargetParameter.SUBNET_IDS, props.subnets.map(({ subnetId }) => subnetId));
    publishList(TargetParameter.SECURITY_GROUP_IDS, props.securityGroups.map(({ securityGroupId }) => securityGroupId));
    publish(TargetParameter.VOLUMES_KEY_ARN, props.volumeKey.keyArn);
    publish(TargetParameter.CAPTURE_KEY_ARN, props.captureKey.keyArn);
    publish(TargetParameter.CAPTURE_BUCKET, props.captureBucket.bucketName);
    publish(TargetParameter.MODEL_ROLE_ARN, props.modelRoleArn);
    if (props.promotedModels === undefined) return;
    publish(TargetParameter.MODELS_BUCKET, props.promotedModels.bucket.bucketName);
    publish(TargetParameter.IMAGES_REPOSITORY, props.promotedModels.repository.repositoryName);
  }
}
