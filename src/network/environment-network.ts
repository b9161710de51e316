import { Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, ISubnet, IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EgressFirewall } from './egress-firewall';
import { EndpointService } from './endpoint-service';
import { EnvironmentNetworkProps, GivenVpcProps, NetworkOptions } from './environment-network-props';
import { FlowLogs } from './flow-logs';
import { NETWORK } from './private/acknowledgements';
import { ClosedDefaultGroup } from './private/closed-default-group';
import { checkGivenNetwork, subnetsOf } from './private/network-rules';
import { NewVpc } from './private/new-vpc';
import { WayOut, jobGroup, studioGroup } from './private/workload-groups';
import { PrivateEndpoints } from './private-endpoints';
import { warnOfDefaultRoute } from '../private/default-route';
import { refuse } from '../private/invalid-input';
import { acknowledge } from '../private/acknowledgements';

interface Place extends NetworkOptions {
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly workloadSecurityGroup?: ISecurityGroup;
  readonly studioSecurityGroup?: ISecurityGroup;
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
        if (props.flowLogs) new FlowLogs(this, 'FlowLogs', { ...props, ...props.flowLogs });
        const subnets = subnetsOf(props);
        if (props.s3PrefixListId === undefined) warnOfDefaultRoute(this, props.vpc, subnets, 'Give s3PrefixListId, or take isolated subnets');
        return { ...props, subnets };
      }
    }
    return new GivenNetwork(scope, id);
  }

  /** The VPC. */
  public readonly vpc: IVpc;
  /** The subnets in which workloads run. */
  public readonly subnets: ISubnet[];
  /** The group of jobs, builds and models: they reach each other and the endpoints. No person's application has it. */
  public readonly workloadSecurityGroup: ISecurityGroup;
  /** The group of the endpoints. */
  public readonly endpointSecurityGroup: SecurityGroup;
  /** The private endpoints. */
  public readonly endpoints: PrivateEndpoints;
  /** What inspects traffic to the internet, with `InternetAccess.inspected`. */
  public readonly egressFirewall?: EgressFirewall;
  /** Whether workloads reach the internet by ways that this app made; what routes of a given VPC lead to is not known. */
  public readonly reachesInternet: boolean;
  /** The connections of jobs, builds and models. */
  public readonly connections: Connections;

  private readonly wayOut: WayOut;
  private peopleGroup?: ISecurityGroup;

  constructor(scope: Construct, id: string, props: EnvironmentNetworkProps = {}) {
    super(scope, id);
    acknowledge(this, NETWORK);
    const place = this._locate(props);
    this.vpc = place.vpc;
    this.subnets = place.subnets;
    this.egressFirewall = place.egressFirewall;
    this.reachesInternet = place.reachesInternet ?? false;
    this.endpointSecurityGroup = new SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: this.vpc,
      description: 'Private endpoints, for workloads only',
      allowAllOutbound: false,
    });
    this.wayOut = { ...place, endpointSecurityGroup: this.endpointSecurityGroup };
    this.workloadSecurityGroup = place.workloadSecurityGroup ?? jobGroup(this, this.wayOut);
    this.connections = new Connections({ securityGroups: [this.workloadSecurityGroup] });
    this.admit(this.workloadSecurityGroup);
    if (place.studioSecurityGroup) this.admitPeople(place.studioSecurityGroup);
    this.endpoints = new PrivateEndpoints(this, 'Endpoints', {
      ...place.endpoints, vpc: this.vpc, subnets: this.subnets, securityGroup: this.endpointSecurityGroup,
    });
  }

  /**
   * The group that people's Studio applications share: they reach the endpoints by it, and neither each other nor jobs. Made
   * when it is first asked for, because a network without Studio has no use for it.
   */
  public get studioSecurityGroup(): ISecurityGroup {
    return this.peopleGroup ?? this.admitPeople(studioGroup(this, this.wayOut));
  }

  /** Lets a security group in at the endpoints. The group's own rules must let it out on port 443. */
  public admit(securityGroup: ISecurityGroup): void {
    this.endpointSecurityGroup.addIngressRule(securityGroup, Port.tcp(443), 'TLS from workloads');
  }

  /** Says that something cannot work without an endpoint. Where it was switched off, the synthesis says so. */
  public requireEndpoint(service: EndpointService, reason: string): void {
    this.endpoints.requireEndpoint(service, reason);
  }

  /**
   * Refuses to serve what is in another stack: the policy of the S3 endpoint names buckets there, and they name the endpoint.
   * @internal
   */
  public _serves(user: Construct): void {
    const { s3Gateway, s3HasOwnPolicy } = this.endpoints;
    if (Stack.of(user) === Stack.of(this) || s3Gateway === undefined || s3HasOwnPolicy) return;
    refuse(user, {
      property: 'network',
      value: this,
      rule: `be in the same stack, ${Stack.of(user).node.path}: its S3 endpoint and the buckets here name each other`,
      remedy: 'Make the EnvironmentNetwork in this stack; or make only the VPC in the other stack, and here EnvironmentNetwork.fromVpc',
    });
  }

  /** Finds or makes the VPC. @internal */
  public _locate(props: EnvironmentNetworkProps): Place {
    const { vpc, subnets, firewall } = new NewVpc(this, 'Vpc', props);
    if (props.closesDefaultSecurityGroup ?? true) new ClosedDefaultGroup(this, 'DefaultSecurityGroup', { vpc, ...props });
    if (props.keepsFlowLogs ?? true) new FlowLogs(this, 'FlowLogs', { ...props, ...props.flowLogs, vpc });
    return { ...props, vpc, subnets, egressFirewall: firewall, reachesInternet: props.internetAccess?._leadsOut };
  }

  private admitPeople(group: ISecurityGroup): ISecurityGroup {
    this.admit(group);
    return this.peopleGroup = group;
  }
}
