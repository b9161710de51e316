import { IVpc } from 'aws-cdk-lib/aws-ec2';

/**
 * Whether a VPC stands in for one that is still to be looked up: on the first synthesis of an app its subnets are
 * inventions of the CDK, and refusing them would keep the CLI from ever making the look-up.
 */
export function isPendingLookUp(vpc: IVpc): boolean {
  return vpc.selectSubnets({ subnets: [] }).isPendingLookup ?? false;
}
