import { Construct } from 'constructs';
import { TargetRoleParts } from './target-role-parts';

/** What a target tells about itself. */
export interface TargetParametersProps extends TargetRoleParts {
  readonly vpcId: string;
  readonly modelRoleArn: string;
}

/** The registry of a target: what endpoint stacks read by CloudFormation's parameter types, so that nothing ever looks anything up. */
export class TargetParameters extends Construct {
  constructor(scope: Construct, id: string, props: TargetParametersProps) {
    super(scope, id);
    const { registry, stage: { stageName } } = props;
    const publish = (room: string, what: string, value: string) => registry.publishInTarget(this, stageName, room, what, value);
    const publishList = (room: string, what: string, values: string[]) => registry.publishListInTarget(this, stageName, room, what, values);
    publish('network', 'vpc-id', props.vpcId);
    publishList('network', 'subnet-ids', props.subnets.map(({ subnetId }) => subnetId));
    publishList('network', 'security-group-ids', props.securityGroups.map(({ securityGroupId }) => securityGroupId));
    publish('encryption', 'volumes-key-arn', props.volumeKey.keyArn);
    publish('encryption', 'capture-key-arn', props.captureKey.keyArn);
    publish('storage', 'capture-bucket', props.captureBucket.bucketName);
    publish('identity', 'model-role-arn', props.modelRoleArn);
    if (props.promotedModels === undefined) return;
    publish('storage', 'models-bucket', props.promotedModels.bucket.bucketName);
    publish('storage', 'images-repository', props.promotedModels.repository.repositoryName);
  }
}
