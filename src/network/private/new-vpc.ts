import { Fn, Stack } from 'aws-cdk-lib';
import { CfnDHCPOptions, CfnVPCDHCPOptionsAssociation, ISubnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EgressFirewall } from '../egress-firewall';
import { DhcpOptions, EnvironmentNetworkProps } from '../environment-network-props';
import { InternetAccess } from '../internet-access';
import { CidrAllocator } from './cidr-allocator';
import { GatewaysBehindFirewalls, InspectedEgress } from './inspected-egress';
import { checkNewNetwork } from './network-rules';
import { withoutZoneLookUp } from './zones-without-look-up';

/** A VPC made for an environment. */
export class NewVpc extends Construct {
  public readonly vpc: Vpc;
  public readonly subnets: ISubnet[];
  public readonly firewall?: EgressFirewall;

  constructor(scope: Construct, id: string, props: EnvironmentNetworkProps) {
    super(scope, id);
    const cidr = props.cidr ?? '10.0.0.0/16';
    const count = props.availabilityZones?.length ?? props.zoneCount ?? 2;
    checkNewNetwork(scope, props, cidr, count);
    const internet = props.internetAccess ?? InternetAccess.none();
    const inspection = internet._inspection;
    const addresses = new CidrAllocator(cidr, props.subnetMask);
    const gateways = inspection && new GatewaysBehindFirewalls();
    this.vpc = withoutZoneLookUp(Stack.of(this), () => new Vpc(this, 'Resource', {
      ipAddresses: addresses,
      // By index: two zones of a look-up's dummy would be too few where three are asked for.
      availabilityZones: props.availabilityZones ?? Array.from({ length: count }, (_, index) => Fn.select(index, Fn.getAzs())),
      subnetConfiguration: internet._subnets(props.subnetMask),
      natGateways: internet._natGateways(count),
      natGatewayProvider: gateways,
      restrictDefaultSecurityGroup: false, // our own handler closes it, without an asset
    }));
    this.subnets = [...this.vpc.isolatedSubnets, ...this.vpc.privateSubnets];
    if (inspection && gateways) {
      const { logsKey, removalPolicy } = props;
      this.firewall = new InspectedEgress(this, 'Egress', { ...inspection, logsKey, removalPolicy, vpc: this.vpc, gateways, ranges: addresses.ranges }).firewall;
    }
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
