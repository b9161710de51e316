import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { called, OUTSIDE_OF_DEPLOYMENTS } from './pattern';
import { TrailAlarm } from './trail-alarm';

export const RESOURCE_POLICY: TrailAlarm = {
  id: 'ResourcePolicy',
  description: 'The policy of a bucket, a private endpoint, a repository or a model group was changed outside of a deployment',
  pattern: () => FilterPattern.all(
    FilterPattern.any(
      // CloudTrail calls the API's PutPublicAccessBlock by the permission's name.
      called('s3', 'PutBucketPolicy', 'DeleteBucketPolicy', 'PutBucketAcl', 'PutBucketPublicAccessBlock', 'DeleteBucketPublicAccessBlock', 'PutAccountPublicAccessBlock'),
      called('ec2', 'ModifyVpcEndpoint', 'DeleteVpcEndpoints'),
      called('ecr', 'SetRepositoryPolicy', 'DeleteRepositoryPolicy'),
      called('sagemaker', 'PutModelPackageGroupPolicy', 'DeleteModelPackageGroupPolicy'),
    ),
    OUTSIDE_OF_DEPLOYMENTS,
  ),
};
