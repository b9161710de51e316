import { Token } from 'aws-cdk-lib';
import { ISubnet, SubnetConfiguration } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { MASK_IN_TOKEN } from './cidr-allocator';
import { isAddressRange } from '../../private/address-range';
import { InputCheck } from '../../private/input-check';
import { checkRequired, VPC } from '../../private/required-input';
import { EnvironmentNetworkProps, ExistingVpcProps } from '../environment-network-props';
import { InternetAccess } from '../internet-access';
import { isPendingLookUp } from '../pending-look-up';
import { checkKnownNumber, routeTableIdOf } from '../subnet-rules';

const PREFIX_LIST = /^pl-[0-9a-f]{8}([0-9a-f]{9})?$/;

/** What a new network must be. */
export function checkNewNetwork(scope: Construct, props: EnvironmentNetworkProps, cidr: string, zones: number): void {
  const internet = props.internetAccess ?? InternetAccess.none();
  const check = new InputCheck(scope)
    .integerBetween('zoneCount', props.zoneCount, 1, 4)
    .that('availabilityZones', props.availabilityZones, (names) => names.length >= 1 && names.length <= 4, 'name 1–4 zones')
    .unique('availabilityZones', props.availabilityZones)
    .that('availabilityZones', props.availabilityZones, (names) => props.zoneCount === undefined || names.length === props.zoneCount,
      `name as many zones as zoneCount asks for, ${props.zoneCount}`, 'Give one of the two')
    .that('cidr', cidr, (range) => isAddressRange(range), 'be an address range, such as 10.0.0.0/16')
    .integerBetween('subnetMask', props.subnetMask, 16, 28)
    .atMost('dhcpOptions.domainNameServers', props.dhcpOptions?.domainNameServers, 4)
    .notEmpty('dhcpOptions.domainNameServers', props.dhcpOptions?.domainNameServers)
    .atMost('dhcpOptions.ntpServers', props.dhcpOptions?.ntpServers, 4)
    .matches('s3PrefixListId', props.s3PrefixListId, PREFIX_LIST, 'be the id of a prefix list, such as pl-12345678')
    .notBoth('s3PrefixListId', props.s3PrefixListId, 'internetAccess', internet._leadsOut ? props.internetAccess : undefined, 'It lets workloads reach S3 and endpoints only')
    .notBoth('flowLogs', props.flowLogs, 'enableFlowLogs: false', props.enableFlowLogs === false ? false : undefined);
  internet._check(check, zones);
  if (Token.isUnresolved(cidr)) check.that('subnetMask', props.subnetMask, (mask) => mask <= MASK_IN_TOKEN, `be at most ${MASK_IN_TOKEN} in a cidr that is a token`, 'Subnets of /28 are cut from the block that follows');
  else if (isAddressRange(cidr)) checkRoom(check, cidr, props.subnetMask, internet._subnets(props.subnetMask), zones);
  check.throwIfInvalid();
}

function checkRoom(check: InputCheck, cidr: string, subnetMask: number | undefined, subnets: SubnetConfiguration[], zones: number): void {
  const mask = Number(cidr.split('/')[1]);
  check.that('cidr', cidr, () => mask >= 16 && mask <= 28, 'be between /16 and /28, as AWS has it');
  // AWS would cut the address back to the start of its range; the CDK would count subnets from the next one.
  check.that('cidr', cidr, () => addressOf(cidr) % 2 ** (32 - mask) === 0, `begin where a range of /${mask} begins`);
  const needed = zones * subnets.reduce((sum, { cidrMask = 28 }) => sum + 2 ** (32 - cidrMask), 0);
  const others = subnets.slice(1).map(({ name }) => (name === 'Public' ? `${zones} public ones of /28` : `${zones} of /28 for firewalls`));
  const all = [`${zones} subnets of /${subnetMask ?? 28}`, ...others];
  check.that('cidr', cidr, () => 2 ** (32 - mask) >= needed, `have room for ${listOf(all)}, one a zone`, 'Give a larger range, smaller subnets or fewer zones');
}

function listOf(parts: string[]): string {
  return parts.length < 2 ? parts.join() : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

function addressOf(cidr: string): number {
  return cidr.split('/')[0].split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
}

/** What a given network must be. */
export function checkGivenNetwork(scope: Construct, props: ExistingVpcProps): void {
  checkRequired(scope, props, { vpc: VPC });
  new InputCheck(scope)
    // No property of a given network, so that only a type assertion or props of both kinds bring it here.
    .that('internetAccess', (props as EnvironmentNetworkProps).internetAccess, () => false, 'be for a new VPC: the routes of a given one are its owner\'s',
      'Make an EgressFirewall in subnets of that VPC, and lead its routes there')
    .matches('s3PrefixListId', props.s3PrefixListId, PREFIX_LIST, 'be the id of a prefix list, such as pl-12345678')
    .that('studioSecurityGroup', props.studioSecurityGroup, (group) => group.securityGroupId !== props.workloadSecurityGroup?.securityGroupId, 'be another group than workloadSecurityGroup',
      'People\'s notebooks and jobs would reach each other on every port')
    .throwIfInvalid();
  if (!isPendingLookUp(props.vpc)) checkSubnets(scope, props);
}

/** The subnets of a given network; what the CDK invents for a VPC that is still to be looked up is not judged. */
function checkSubnets(scope: Construct, props: ExistingVpcProps): void {
  const { vpc, endpoints } = props, subnets = subnetsOf(props);
  const check = new InputCheck(scope);
  checkKnownNumber(check, 'subnets', subnets)
    .notEmpty('subnets', props.subnets)
    .atMost('subnets', props.subnets?.map((subnet) => subnet.node.path), 16, 'Studio takes no more')
    .unique('subnets', props.subnets?.map((subnet) => subnet.subnetId).filter((id) => !Token.isUnresolved(id)))
    .that('subnets', props.subnets ? undefined : subnets, (some) => some.length > 0, 'be given for a VPC without isolated or private subnets', 'Studio in VPC-only mode does not run in public subnets')
    .that('subnets', props.subnets?.filter((subnet) => vpc.publicSubnets.includes(subnet)).map((subnet) => subnet.node.path), (paths) => paths.length === 0, 'not be public',
      'Studio and jobs get no public address: give isolated or private subnets')
    .that('subnets', endpoints?.s3Endpoint ? undefined : subnets.filter((subnet) => !routeTableIdOf(subnet)).map((subnet) => subnet.node.path),
      (paths) => paths.length === 0, 'name their route tables, which lead to a new S3 endpoint',
      'Use Subnet.fromSubnetAttributes with routeTableId or Vpc.fromVpcAttributes with route table ids, or give the VPC\'s own endpoint as endpoints.s3Endpoint')
    .throwIfInvalid();
}

/** The subnets that workloads of a given network run in. */
export function subnetsOf({ vpc, subnets }: ExistingVpcProps): ISubnet[] {
  const usual = vpc.isolatedSubnets.length > 0 ? vpc.isolatedSubnets : vpc.privateSubnets;
  // Asked for by name or filter, a VPC that is still to be looked up has none.
  return subnets && !(subnets.length === 0 && isPendingLookUp(vpc)) ? subnets : usual;
}
