import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Connections, IConnectable, ISecurityGroup, ISubnet, IVpc, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { warnOfDefaultRoute } from './default-route';
import { EgressFirewall } from './egress-firewall';
import { EndpointService } from './endpoint-service';
import { EnvironmentNetworkProps, ExistingVpcProps, ManagedNetworkOptions, NetworkOptions, ServiceAccessOptions } from './environment-network-props';
import { FlowLogs } from './flow-logs';
import { InternetAccess } from './internet-access';
import { NETWORK } from './private/acknowledgements';
import { ClosedDefaultGroup } from './private/closed-default-group';
import { checkGivenNetwork, subnetsOf } from './private/network-rules';
import { NewVpc } from './private/new-vpc';
import { warnOfOtherRoles } from './private/other-roles';
import { WayOut, jobGroup, studioGroup } from './private/workload-groups';
import { PrivateEndpoints } from './private-endpoints';
import { EnvironmentNames } from '../names';
import { acknowledge } from '../private/acknowledgements';
import { throwValidationError } from '../private/invalid-input';
import { checkRequired, SECURITY_GROUP } from '../private/required-input';

interface NetworkLocation extends ServiceAccessOptions, NetworkOptions {
  readonly vpc: IVpc;
  readonly subnets: ISubnet[];
  readonly workloadSecurityGroup?: ISecurityGroup;
  readonly studioSecurityGroup?: ISecurityGroup;
  readonly egressFirewall?: EgressFirewall;
  /** Undefined for a VPC that exists already. */
  readonly internetAccess?: InternetAccess;
}

/** What a network has of its environment. */
interface NetworkBelongings {
  readonly names: EnvironmentNames;
  readonly logsKey: IKey;
  readonly removalPolicy?: RemovalPolicy;
}

/** The origin of the network of an environment: `EnvironmentNetwork.managed()` or an `EnvironmentNetwork`. */
export interface INetworkSource {
  /** True if workloads reach the internet through NAT gateways or firewalls of the network. */
  readonly hasInternetAccess: boolean;

  /** Finds or makes the network. @internal */
  _networkOf(environment: Construct, belongings: NetworkBelongings): EnvironmentNetwork;
}

/** The network of an environment: subnets without a route to the internet, and VPC endpoints for the AWS services that workloads call. */
export class EnvironmentNetwork extends Construct implements IConnectable, INetworkSource {
  /**
   * Creates the network with the environment that it is given to.
   *
   * The network has the names, path and permissions boundary, key of log groups and removal policy of that environment.
   */
  public static managed(options: ManagedNetworkOptions = {}): INetworkSource {
    return {
      hasInternetAccess: options.internetAccess?._leadsOut ?? false,
      _networkOf: (environment, belongings) => new EnvironmentNetwork(environment, 'Network', { ...options, ...belongings }),
    };
  }

  /**
   * Creates endpoints, security groups and flow logs in a VPC that exists already.
   *
   * The VPC itself, its subnets and its routes stay as they are.
   */
  public static fromVpc(scope: Construct, id: string, props: ExistingVpcProps): EnvironmentNetwork {
    class GivenNetwork extends EnvironmentNetwork {
      /** @internal */
      public _locate(): NetworkLocation {
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
  /**
   * Security group of jobs, builds and models, which reach each other and the endpoints.
   *
   * No application of a person has it.
   */
  public readonly workloadSecurityGroup: ISecurityGroup;
  /** Security group of the interface endpoints. */
  public readonly endpointSecurityGroup: SecurityGroup;
  /** The VPC endpoints. */
  public readonly endpoints: PrivateEndpoints;
  /** The firewall that inspects traffic to the internet, with `InternetAccess.inspected`. */
  public readonly egressFirewall?: EgressFirewall;
  /**
   * True if workloads reach the internet through NAT gateways or firewalls of this network.
   *
   * Routes of an existing VPC are not known here.
   */
  public readonly hasInternetAccess: boolean;
  /** The connections of jobs, builds and models. */
  public readonly connections: Connections;

  private readonly internetAccess?: InternetAccess;
  private readonly wayOut: WayOut;
  private peopleGroup?: ISecurityGroup;

  constructor(scope: Construct, id: string, props: EnvironmentNetworkProps = {}) {
    super(scope, id);
    acknowledge(this, NETWORK);
    const place = this._locate(props);
    this.vpc = place.vpc;
    this.subnets = place.subnets;
    this.egressFirewall = place.egressFirewall;
    this.hasInternetAccess = place.internetAccess?._leadsOut ?? false;
    this.internetAccess = place.internetAccess;
    this.endpointSecurityGroup = new SecurityGroup(this, 'EndpointSecurityGroup', {
      vpc: this.vpc,
      description: 'Private endpoints, for workloads only',
      allowAllOutbound: false,
    });
    this.wayOut = { ...place, endpointSecurityGroup: this.endpointSecurityGroup };
    this.workloadSecurityGroup = place.workloadSecurityGroup ?? jobGroup(this, this.wayOut);
    this.connections = new Connections({ securityGroups: [this.workloadSecurityGroup] });
    this.allowEndpointAccessFrom(this.workloadSecurityGroup);
    if (place.studioSecurityGroup) this.admitPeople(place.studioSecurityGroup);
    this.endpoints = PrivateEndpoints._create(this, 'Endpoints', {
      ...place.endpoints, vpc: this.vpc, subnets: this.subnets, securityGroup: this.endpointSecurityGroup,
    });
  }

  /**
   * Security group that Studio applications of people share, which reach the endpoints and neither each other nor jobs.
   *
   * It is created when it is first asked for, because a network without Studio has no use for it.
   */
  public get studioSecurityGroup(): ISecurityGroup {
    return this.peopleGroup ?? this.admitPeople(studioGroup(this, this.wayOut));
  }

  /**
   * Allows a security group to reach the interface endpoints on port 443.
   *
   * Rules of the group itself must allow outbound traffic on port 443.
   */
  public allowEndpointAccessFrom(securityGroup: ISecurityGroup): void {
    checkRequired(this, { securityGroup }, { securityGroup: SECURITY_GROUP });
    this.endpointSecurityGroup.addIngressRule(securityGroup, Port.tcp(443), 'TLS from workloads');
  }

  /** Requires a VPC endpoint, so that synthesis fails with this reason where it was left out. */
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
    throwValidationError(user, {
      property: 'network',
      value: this,
      rule: `be in the same stack, ${Stack.of(user).node.path}: its S3 endpoint and the buckets here name each other`,
      remedy: 'Make the EnvironmentNetwork in this stack; or make only the VPC in the other stack, and here EnvironmentNetwork.fromVpc',
    });
  }

  /** The network itself, where the environment can use it. @internal */
  public _networkOf(environment: Construct, { names }: NetworkBelongings): EnvironmentNetwork {
    this._serves(environment);
    warnOfOtherRoles(this, names);
    return this;
  }

  /** Whether workloads reach a host of the internet. Undefined for a VPC that exists already: nobody here knows its routes. @internal */
  public _leadsTo(host: string): boolean | undefined {
    return this.internetAccess?._leadsTo(host);
  }

  /** Finds or makes the VPC. @internal */
  public _locate(props: EnvironmentNetworkProps): NetworkLocation {
    const { vpc, subnets, firewall } = new NewVpc(this, 'Vpc', props);
    if (props.restrictDefaultSecurityGroup ?? true) new ClosedDefaultGroup(this, 'DefaultSecurityGroup', { vpc, ...props });
    if (props.enableFlowLogs ?? true) new FlowLogs(this, 'FlowLogs', { ...props, ...props.flowLogs, vpc });
    return { ...props, vpc, subnets, egressFirewall: firewall, internetAccess: props.internetAccess ?? InternetAccess.none() };
  }

  private admitPeople(group: ISecurityGroup): ISecurityGroup {
    this.allowEndpointAccessFrom(group);
    return this.peopleGroup = group;
  }
}
