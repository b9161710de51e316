import { Annotations } from 'aws-cdk-lib';
import { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { isPendingLookUp } from './pending-look-up';

/** Says that port 443 to any address may be a way to the internet: of a given VPC nobody here knows the routes. */
export function warnOfDefaultRoute(scope: Construct, vpc: IVpc, subnets: ISubnet[], remedy: string): void {
  const open = subnets.filter((subnet) => !vpc.isolatedSubnets.includes(subnet)).map((subnet) => subnet.node.path);
  if (open.length === 0 || isPendingLookUp(vpc)) return;
  Annotations.of(scope).addWarningV2('cdk-secure-mlops:defaultRoutePossible',
    `New security groups let workloads out on port 443 to any address, and ${open.join(', ')} may have a default route: data could leave by it, past every endpoint policy. ${remedy}`);
}
