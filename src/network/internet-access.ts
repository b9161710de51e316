import { SubnetConfiguration, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { InputCheck } from '../private/input-check';

/** Options of NAT gateways. */
export interface NatGatewaysOptions {
  /**
   * Number of NAT gateways, at most one a zone. With fewer, the loss of a zone takes the way out of others.
   *
   * @default - one a zone
   */
  readonly count?: number;
}

/** Whether workloads of a new network reach the internet, and how. */
export class InternetAccess {
  /** They do not. */
  public static none(): InternetAccess {
    return new InternetAccess(SubnetType.PRIVATE_ISOLATED);
  }

  /**
   * Through NAT gateways, which bring public subnets and an internet gateway. Data can then leave the network on ways
   * that no endpoint policy sees.
   */
  public static natGateways(options: NatGatewaysOptions = {}): InternetAccess {
    new InputCheck('InternetAccess.natGateways').integerBetween('count', options.count, 1, 4).done();
    return new InternetAccess(SubnetType.PRIVATE_WITH_EGRESS, options.count);
  }

  private constructor(
    private readonly workloads: SubnetType,
    private readonly count?: number,
  ) {}

  /** Number of NAT gateways over some zones. @internal */
  public _natGateways(zones: number): number {
    return this.workloads === SubnetType.PRIVATE_ISOLATED ? 0 : Math.min(this.count ?? zones, zones);
  }

  /** @internal */
  public _subnets(cidrMask: number | undefined): SubnetConfiguration[] {
    const workloads = { name: 'Workloads', subnetType: this.workloads, cidrMask };
    return this.workloads === SubnetType.PRIVATE_ISOLATED
      ? [workloads]
      : [workloads, { name: 'Public', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false }];
  }
}
