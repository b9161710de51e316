import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Sees what is in a domain. SageMaker takes no resource for its lists. */
export const LIST_CONTENTS = ['sagemaker:ListApps', 'sagemaker:ListSpaces', 'sagemaker:ListUserProfiles'];
/** Sees what a domain left behind. EC2 and EFS take no resource for their lists. */
export const LIST_REMAINS = ['ec2:DescribeSecurityGroups', 'ec2:DescribeNetworkInterfaces', 'elasticfilesystem:DescribeFileSystems'];
/** Takes away SageMaker's security groups. */
export const DELETE_SECURITY_GROUPS = ['ec2:RevokeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ec2:DeleteSecurityGroup'];
/** Keeps in mind what must be known after the domain is gone. */
export const KEEP_RECORD = ['ssm:PutParameter', 'ssm:GetParameter', 'ssm:DeleteParameter'];

/** Reads one repository. A token for the registry is given for the whole account. */
export function imageStatements(repositoryArn: string): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    new PolicyStatement({
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:DescribeImages', 'ecr:GetDownloadUrlForLayer'],
      resources: [repositoryArn],
    }),
  ];
}
