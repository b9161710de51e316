import { Fn } from 'aws-cdk-lib';
import { CfnDHCPOptions, CfnVPCDHCPOptionsAssociation, ISubnet, IpAddresses, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { DhcpOptions, EnvironmentNetworkProps } from '../environment-network-props';
import { InternetAccess } from '../internet-access';
import { checkNewNetwork } from './network-rules';

/** A VPC made for an environment. */
export class NewVpc extends Construct {
  public readonly vpc: Vpc;
  public readonly subnets: ISubnet[];

  constructor(scope: Construct, id: string, props: EnvironmentNetworkProps) {
    super(scope, id);
    const cidr = props.cidr ?? '10.0.0.0/16';
    const count = props.availabilityZones?.length ?? props.zoneCount ?? 2;
    checkNewNetwork(scope, props, cidr, count);
    const internet = props.internetAccess ?? InternetAccess.none();
    this.vpc = new Vpc(this, 'Resource', {
      ipAddresses: IpAddresses.cidr(cidr),
      // By index: a look-up would need credentials, and give two zones where three were asked for.
      availabilityZones: props.availabilityZones ?? Array.from({ length: count }, (_, index) => Fn.select(index, Fn.getAzs())),
      subnetConfiguration: internet._subnets(props.subnetMask),
      natGateways: internet._natGateways(count),
      restrictDefaultSecurityGroup: false, // our own handler closes it, without an asset
    });
    this.subnets = [...this.vpc.isolatedSubnets, ...this.vpc.privateSubnets];
    if (props.dhcpOptions) this.addDhcpOptions(props.dhcpOptions);
  }

  private addDhcpOptions(options: DhcpOptions): void {
    const set = new CfnDHCPOptions(this, 'DhcpOptions', {
      domainName: options.domainName,
      domainNameServers: options.domainNameServers ?? ['AmazonProvidedDNS'],
      ntpServers: options.ntpServers,
    });
    new CfnVPCDHCPOptionsAssociation(this, 'DhcpOptionsAssociation', { vpcId: this.vpc.vpcId, dhcpOptionsId: set.ref });
  }
}
