import { IPeer, IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Where workloads may go beside each other. */
export interface WayOut {
  readonly vpc: IVpc;
  readonly endpointSecurityGroup: SecurityGroup;
  readonly s3PrefixListId?: string;
}

/** The group of jobs, builds and models: containers of a distributed job talk to each other. */
export function jobGroup(scope: Construct, way: WayOut): SecurityGroup {
  const group = new SecurityGroup(scope, 'WorkloadSecurityGroup', { vpc: way.vpc, description: 'Jobs, builds and models', allowAllOutbound: false });
  group.addIngressRule(group, Port.allTraffic(), 'Containers of a distributed job talk to each other');
  group.addEgressRule(group, Port.allTraffic(), 'Containers of a distributed job talk to each other');
  leadOut(group, way);
  return group;
}

/** The group of people's applications, which reach neither each other nor jobs by it. */
export function studioGroup(scope: Construct, way: WayOut): SecurityGroup {
  const group = new SecurityGroup(scope, 'StudioSecurityGroup', { vpc: way.vpc, description: 'Studio applications', allowAllOutbound: false });
  leadOut(group, way);
  return group;
}

/** The way to S3 is a route and not an address: by its prefix list where that is known. See adr/001-way-to-s3.md. */
function leadOut(group: SecurityGroup, { endpointSecurityGroup, s3PrefixListId }: WayOut): void {
  const ways: [IPeer, string][] = s3PrefixListId === undefined
    ? [[Peer.anyIpv4(), 'TLS to endpoints, and to S3 by its gateway']]
    : [[endpointSecurityGroup, 'TLS to endpoints'], [Peer.prefixList(s3PrefixListId), 'TLS to S3 by its gateway']];
  for (const [peer, description] of ways) group.addEgressRule(peer, Port.tcp(443), description);
}
