import { AllocateCidrRequest, IIpAddresses, IpAddresses, SubnetIpamOptions, VpcIpamOptions } from 'aws-cdk-lib/aws-ec2';

/** A range that is cut into subnets, and remembers what was set aside: the CDK keeps reserved ranges to itself. */
export class CidrAllocator implements IIpAddresses {
  /** Ranges of reserved subnets, in the order of zones. */
  public readonly ranges: string[] = [];
  private readonly addresses: IIpAddresses;

  constructor(cidr: string) {
    this.addresses = IpAddresses.cidr(cidr);
  }

  public allocateVpcCidr(): VpcIpamOptions {
    return this.addresses.allocateVpcCidr();
  }

  public allocateSubnetsCidr(input: AllocateCidrRequest): SubnetIpamOptions {
    const options = this.addresses.allocateSubnetsCidr(input);
    input.requestedSubnets.forEach(({ configuration }, index) => {
      if (configuration.reserved) this.ranges.push(options.allocatedSubnets[index].cidr);
    });
    return options;
  }
}
