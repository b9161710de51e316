import { Connections, IConnectable, ISecurityGroup, ISubnet, IVpc, Peer, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EgressFirewall } from './egress-firewall';
import { EndpointService } from './endpoint-service';
import { EnvironmentNetworkProps, GivenVpcProps, NetworkOptions } from './environment-network-props';
import { FlowLogs } from './flow-logs';
import { ClosedDefaultGroup } from './private/closed-default-group';
import { checkGivenNetwork } from './private/network-rules';
import { NewVpc } from './private/new-vpc';
import { PrivateEndpoints } from './private-endpoints';

interface Place extends NetworkOptions {
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly workloadSecurityGroup?: ISecurityGroup;
  readonly egressFirewall?: EgressFirewall;
  readonly reachesInternet?: boolean;
}

/**
 * The network that workloads run in: subnets without a way to the internet, and private endpoints for the services they
 * call.
 */
export class EnvironmentNetwork extends Construct implements IConnectable {
  /** A network in a VPC that exists already. The VPC itself stays as it is. */
  public static fromVpc(scope: Construct, id: string, props: GivenVpcProps): EnvironmentNetwork {
    class GivenNetwork extends EnvironmentNetwork {
      /** @internal */
      public _locate(): Place {
        checkGivenNetwork(this, props);
        const { isolatedSubnets, privateSubnets } = props.vpc;
        if (props.flowLogs) new FlowLogs(this, 'FlowLogs', { ...props, ...props.flowLogs });
        return { ...props, subnets: props.subnets ?? (isolatedSubnets.length > 0 ? isolatedSubnets : privateSubnets) };
      }
    }
    return new GivenNetwork(scope, id);
  }

  /** The VPC. */
  public readonly vpc: IVpc;
  /** The subnets in which workloads run. */
  public readonly subnets: ISubnet[];
  /** The group that jobs share: they reach each other and the endpoints. */
  public readonly workloadSecurityGroup: ISecurityGroup;
  /** The group of the endpoints. */
  public readonly endpointSecurityGroup: SecurityGroup;
  /** The private endpoints. */
  public readonly endpoints: PrivateEndpoints;
  /** What inspects traffic to the internet, with `InternetAccess.inspected`. */
  public readonly egressFirewall?: EgressFirewall;
  /** Whether workloads reach the internet by ways that this app made; what routes of a given VPC lead to is not known. */
  public readonly reachesInternet: boolean;
  /** The connections of workloads. */
  public readonly connections: Connections;

  constructor(scope: Construct, id: string, props: EnvironmentNetworkProps = {}) {
    super(scope, id);
    const place = this._locate(props);
    this.vpc = place.vpc;
    this.subnets = place.subnets;
    this.egressFirewall = place.egressFirewall;
    this.reachesInternet = place.reachesInternet ?? false;
    this.workloadSecurityGroup = place.workloadSecurityGroup ?? this.makeWorkloadGroup();
    this.connections = new Connections({ securityGroups: [this.workloadSecurityGroup] });
    this.endpointSecurityGroup = new SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: this.vpc,
      description: 'Private endpoints, for workloads only',
      allowAllOutbound: false,
    });
    this.admit(this.workloadSecurityGroup);
    this.endpoints = new PrivateEndpoints(this, 'Endpoints', {
      ...place.endpoints, vpc: this.vpc, subnets: this.subnets, securityGroup: this.endpointSecurityGroup,
    });
  }

  /** Lets a security group in at the endpoints. The group's own rules must let it out on port 443. */
  public admit(securityGroup: ISecurityGroup): void {
    this.endpointSecurityGroup.addIngressRule(securityGroup, Port.tcp(443), 'TLS from workloads');
  }

  /** Says that something cannot work without an endpoint. Where it was switched off, the synthesis says so. */
  public requireEndpoint(service: EndpointService, reason: string): void {
    this.endpoints.requireEndpoint(service, reason);
  }

  /** Finds or makes the VPC. @internal */
  public _locate(props: EnvironmentNetworkProps): Place {
    const { vpc, subnets, firewall } = new NewVpc(this, 'Vpc', props);
    if (props.closesDefaultSecurityGroup ?? true) new ClosedDefaultGroup(this, 'DefaultSecurityGroup', { vpc, ...props });
    if (props.keepsFlowLogs ?? true) new FlowLogs(this, 'FlowLogs', { ...props, ...props.flowLogs, vpc });
    return { ...props, vpc, subnets, egressFirewall: firewall, reachesInternet: props.internetAccess?._leadsOut };
  }

  private makeWorkloadGroup(): SecurityGroup {
    const group = new SecurityGroup(this, 'WorkloadSecurityGroup', { vpc: this.vpc, description: 'Jobs and notebooks', allowAllOutbound: false });
    group.addIngressRule(group, Port.allTraffic(), 'Containers of a distributed job talk to each other');
    group.addEgressRule(group, Port.allTraffic(), 'Containers of a distributed job talk to each other');
    // The way to S3 is a route and not an address: the subnets lead nowhere else. See adr/001-way-to-s3.md.
    group.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'TLS to endpoints, and to S3 by its gateway');
    return group;
  }
}
