import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/**
 * What CloudFormation asks for whoever makes the profile of a person who signs in by IAM Identity Center, besides the profile itself. The
 * instance and its people are of another account in most organizations, and AWS makes up the ids of both: nothing narrower is known.
 */
export function findPeople(): PolicyStatement {
  return new PolicyStatement({ actions: ['sso:ListInstances', 'sso:DescribeInstance', 'identitystore:DescribeUser', 'identitystore:ListUsers'], resources: ['*'] });
}
