import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

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
