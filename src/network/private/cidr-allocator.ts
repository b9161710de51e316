import { Fn, Token } from 'aws-cdk-lib';
import { AllocateCidrRequest, IIpAddresses, IpAddresses, SubnetConfiguration, SubnetIpamOptions, VpcIpamOptions } from 'aws-cdk-lib/aws-ec2';

/** Subnets of a range that is known when it is deployed: the block after theirs has room for all that are of /28. */
export const MASK_IN_TOKEN = 24;

/** A range that is cut into subnets, and remembers what was set aside: the CDK keeps reserved ranges to itself. */
export class CidrAllocator implements IIpAddresses {
  /** Ranges of reserved subnets, in the order of zones. */
  public readonly ranges: string[] = [];
  private readonly addresses: IIpAddresses;

  constructor(cidr: string, subnetMask?: number) {
    this.addresses = Token.isUnresolved(cidr) ? new CutWhenDeployed(cidr, subnetMask ?? MASK_IN_TOKEN) : IpAddresses.cidr(cidr);
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

/** Subnets that CloudFormation cuts: those of workloads first, and small ones from the block after them. */
class CutWhenDeployed implements IIpAddresses {
  constructor(private readonly cidr: string, private readonly mask: number) {}

  public allocateVpcCidr(): VpcIpamOptions {
    return { cidrBlock: this.cidr };
  }

  public allocateSubnetsCidr({ requestedSubnets }: AllocateCidrRequest): SubnetIpamOptions {
    const isSmall = (configuration: SubnetConfiguration) => (configuration.cidrMask ?? this.mask) > this.mask;
    const large = requestedSubnets.filter(({ configuration }) => !isSmall(configuration));
    const small = requestedSubnets.filter(({ configuration }) => isSmall(configuration));
    const blocks = Fn.cidr(this.cidr, large.length + Math.sign(small.length), String(32 - this.mask));
    const rest = small.length === 0 ? [] : Fn.cidr(Fn.select(large.length, blocks), small.length, '4');
    return {
      allocatedSubnets: requestedSubnets.map((one) => ({
        cidr: isSmall(one.configuration) ? Fn.select(small.indexOf(one), rest) : Fn.select(large.indexOf(one), blocks),
      })),
    };
  }
}
