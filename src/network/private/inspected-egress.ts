import { GatewayConfig, IPrivateSubnet, ISubnet, NatGatewayProvider, PrivateSubnet, PublicSubnet, RouterType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EgressFirewall } from '../egress-firewall';
import { EgressFirewallProps } from '../egress-firewall-props';

/** NAT gateways that workloads do not lead to by themselves: the firewalls are in between. */
export class GatewaysBehindFirewalls extends NatGatewayProvider {
  /** Called for every private subnet, which are those of workloads. */
  public configureSubnet(): void {
    // The route to the firewall's endpoint follows when there is one.
  }
}

export interface InspectedEgressProps extends Omit<EgressFirewallProps, 'subnets' | 'vpc'> {
  readonly vpc: Vpc;
  readonly gateways: GatewaysBehindFirewalls;
  /** Address ranges for the firewalls' subnets, one a zone. */
  readonly ranges: string[];
}

/**
 * Firewalls between workloads and NAT gateways, and the routes there and back. An answer must come back through the
 * firewall that saw the question, which is that of the workload's zone, wherever the NAT gateway is.
 *
 * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
 */
export class InspectedEgress extends Construct {
  public readonly firewall: EgressFirewall;

  constructor(scope: Construct, id: string, private readonly props: InspectedEgressProps) {
    super(scope, id);
    const workloads = props.vpc.privateSubnets;
    const subnets = workloads.map(({ availabilityZone }, index) => new PrivateSubnet(this, `FirewallSubnet${index + 1}`, {
      vpcId: props.vpc.vpcId, availabilityZone, cidrBlock: props.ranges[index], mapPublicIpOnLaunch: false,
    }));
    this.firewall = new EgressFirewall(this, 'Firewall', { ...props, subnets });
    workloads.forEach((workload, index) => this.lead(workload, subnets[index], index));
  }

  private lead(workload: IPrivateSubnet, firewall: PrivateSubnet, index: number): void {
    const router = { routerType: RouterType.VPC_ENDPOINT, routerId: this.firewall.endpointIds[index] };
    const gateway = this.gatewayFor(workload, index);
    (workload as PrivateSubnet).addRoute('DefaultRoute', { ...router, enablesInternetConnectivity: true });
    firewall.addDefaultNatRoute(gateway.gatewayId);
    this.publicSubnetOf(gateway).addRoute(`To${workload.node.id}`, { ...router, destinationCidrBlock: workload.ipv4CidrBlock });
  }

  private gatewayFor(workload: ISubnet, index: number): GatewayConfig {
    const all = this.props.gateways.configuredGateways;
    return all.find(({ az }) => az === workload.availabilityZone) ?? all[index % all.length];
  }

  private publicSubnetOf({ az }: GatewayConfig): PublicSubnet {
    return this.props.vpc.publicSubnets.find(({ availabilityZone }) => availabilityZone === az) as PublicSubnet;
  }
}
