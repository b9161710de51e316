import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Handing a role on, to one service and no other. */
export function passRole(roleArn: string, service: string): PolicyStatement {
  return new PolicyStatement({
    actions: ['iam:PassRole'], resources: [roleArn], conditions: { StringEquals: { 'iam:PassedToService': `${service}.amazonaws.com` } },
  });
}
