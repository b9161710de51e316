import { SubnetConfiguration, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { EgressFirewallOptions } from './egress-firewall-props';
import { checkEgressFirewall, passes } from './private/egress-firewall-rules';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired } from '../private/required-input';

/** Options of internet access that a firewall inspects. */
export interface InspectedAccessOptions extends EgressFirewallOptions {
  /**
   * Number of NAT gateways, at most one for each Availability Zone.
   *
   * With fewer, the loss of one zone cuts off others as well. Each zone has a firewall in any case.
   *
   * @default - one for each Availability Zone
   */
  readonly natGateways?: number;
}

interface Way {
  readonly count?: number;
  /** What the user calls the count. */
  readonly countProperty?: string;
  readonly inspection?: EgressFirewallOptions;
}

/** NAT gateways and firewall endpoints are all that these subnets ever hold; AWS asks for a /28 for each. */
const SMALLEST = 28;

/** Internet access of workloads in a new network. */
export class InternetAccess {
  /** No internet access. */
  public static none(): InternetAccess {
    return new InternetAccess();
  }

  /**
   * Internet access through NAT gateways, which bring public subnets and an internet gateway.
   *
   * Data can then leave the network on ways that no endpoint policy sees.
   *
   * @param count Number of NAT gateways, at most one for each Availability Zone, which is the default. With fewer, the loss of one
   * zone cuts off others as well.
   */
  public static natGateways(count?: number): InternetAccess {
    new InputCheck('InternetAccess.natGateways').integerBetween('count', count, 1, 4).throwIfInvalid();
    return new InternetAccess({ count, countProperty: 'count' });
  }

  /**
   * Internet access through an AWS Network Firewall in each Availability Zone, and from there through NAT gateways.
   *
   * The firewalls pass TLS and HTTP to the allowed domains and drop everything else.
   *
   * @see https://docs.aws.amazon.com/network-firewall/latest/developerguide/stateful-rule-groups-domain-names.html
   */
  public static inspected(options: InspectedAccessOptions): InternetAccess {
    checkRequired('InternetAccess.inspected', options, { allowedDomains: ANYTHING });
    const check = new InputCheck('InternetAccess.inspected').integerBetween('natGateways', options.natGateways, 1, 4);
    checkEgressFirewall(check, options).throwIfInvalid();
    return new InternetAccess({ count: options.natGateways, countProperty: 'natGateways', inspection: options });
  }

  private constructor(private readonly way?: Way) {}

  /** Whether there is a way. @internal */
  public get _leadsOut(): boolean {
    return this.way !== undefined;
  }

  /** Whether a host can be reached. @internal */
  public _leadsTo(host: string): boolean {
    return this._leadsOut && (this._inspection === undefined || passes(host, this._inspection.allowedDomains));
  }

  /** What the firewall lets pass, where there is one. @internal */
  public get _inspection(): EgressFirewallOptions | undefined {
    return this.way?.inspection;
  }

  /** Number of NAT gateways over some zones. @internal */
  public _natGateways(zones: number): number {
    return this.way ? this.way.count ?? zones : 0;
  }

  /** @internal */
  public _subnets(cidrMask: number | undefined): SubnetConfiguration[] {
    if (!this.way) return [{ name: 'Workloads', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask }];
    // Subnets of firewalls are no subnets of the VPC's own: whoever asks it for private subnets must not find these.
    const firewall = { name: 'Firewall', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: SMALLEST, reserved: true };
    return [
      { name: 'Workloads', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask },
      { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: SMALLEST, mapPublicIpOnLaunch: false },
      ...this.way.inspection ? [firewall] : [],
    ];
  }

  /** @internal */
  public _check(check: InputCheck, zones: number): void {
    check.that(`internetAccess.${this.way?.countProperty}`, this.way?.count, (count) => count <= zones, `be at most the number of zones, ${zones}`,
      'A zone takes one NAT gateway');
  }
}
