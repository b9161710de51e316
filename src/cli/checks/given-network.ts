import { Element } from '../../handlers/aws/client';
import { Account, itemsOf } from '../aws/account';
import { Check, each } from '../check';
import { Finding, problem } from '../finding';
import { PlannedStack } from '../planned-stack';

const GIVEN = (prefix: string) => (id: string) => id.startsWith(prefix);

/** The VPC, the subnets and the security groups that were given are as the environment needs them. */
export const GIVEN_NETWORK: Check = {
  name: 'given-network',
  title: 'A given VPC has DNS, its subnets are in it and have no way to the internet, the way to S3 is there, and private names are free.',
  actions: ['ec2:DescribeRouteTables', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcAttribute', 'ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcs'],
  look: async (stack, account) => {
    const vpcs = [...stack.texts(/^VpcId$/).keys()].filter(GIVEN('vpc-'));
    const subnets = [...stack.texts(/^SubnetIds?$|^Subnets$/).keys()].filter(GIVEN('subnet-'));
    const groups = [...stack.texts(/^(SecurityGroup(Ids|s)?|GroupId)$/).keys()].filter(GIVEN('sg-'));
    return [
      ...await each(vpcs, (vpc) => vpcIsFit(vpc, stack, account)),
      ...await each(subnets, (subnet) => subnetIsFit(subnet, vpcs[0], stack, account)),
      ...await each(groups, (group) => groupIsFit(group, vpcs[0], account)),
    ];
  },
};

async function vpcIsFit(vpc: string, stack: PlannedStack, account: Account): Promise<Finding[]> {
  if (await only(account, 'DescribeVpcs', 'vpcSet', 'vpcId', vpc) === undefined) return [problem(`There is no VPC ${vpc} in ${account.region}.`, 'Name one that there is.')];
  const found: Finding[] = [];
  for (const [attribute, answered] of [['enableDnsSupport', 'DNS resolution'], ['enableDnsHostnames', 'DNS hostnames']]) {
    const answer = await account.query('ec2', { action: 'ec2:DescribeVpcAttribute', subject: `${attribute} of ${vpc}` }, { VpcId: vpc, Attribute: attribute });
    if (answer?.[attribute].value === 'false') {
      found.push(problem(`The VPC ${vpc} has ${answered} off (${attribute}), and private names of endpoints need it.`, `Switch ${answered} on for the VPC.`));
    }
  }
  const there = await endpointsOf(vpc, account);
  for (const { properties } of stack.added('AWS::EC2::VPCEndpoint')) {
    const taken = there.find((one) => one.serviceName === properties.ServiceName && one.privateDnsEnabled === 'true');
    if (properties.PrivateDnsEnabled === true && taken !== undefined) {
      found.push(problem(`The VPC ${vpc} has an endpoint for ${String(properties.ServiceName)} with private names already (${taken.vpcEndpointId}), and a second would have the same.`, 'Say in the network\'s options that this endpoint exists.'));
    }
  }
  return found;
}

async function subnetIsFit(id: string, vpc: string | undefined, stack: PlannedStack, account: Account): Promise<Finding[]> {
  const subnet = await only(account, 'DescribeSubnets', 'subnetSet', 'subnetId', id);
  if (subnet === undefined) return [problem(`There is no subnet ${id} in ${account.region}.`, 'Name one that there is.')];
  if (vpc !== undefined && subnet.vpcId !== vpc) return [problem(`The subnet ${id} is in the VPC ${subnet.vpcId}, and the environment is in ${vpc}.`, 'Name subnets of the VPC.')];
  const found: Finding[] = [];
  const needed = stack.added('AWS::EC2::VPCEndpoint').filter(({ properties }) => (properties.SubnetIds as unknown[] | undefined)?.includes(id)).length;
  const free = Number(subnet.availableIpAddressCount);
  if (free < needed) found.push(problem(`The subnet ${id} has ${free} free addresses, and the endpoints alone take ${needed}.`, 'Name a larger subnet, or fewer endpoints.'));
  const tables = await account.all('ec2', { action: 'ec2:DescribeRouteTables', subject: `the routes of ${id}` }, 'routeTableSet', { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': String(subnet.vpcId) });
  const of = (holds: (association: Element) => boolean) => tables.find((one) => itemsOf(one.associationSet).some(holds));
  const table = of(({ subnetId }) => subnetId === id) ?? of(({ main }) => main === 'true');
  const toInternet = itemsOf(table?.routeSet).find(({ gatewayId = '' }) => gatewayId.startsWith('igw-'));
  if (toInternet !== undefined) {
    found.push(problem(`The subnet ${id} has a route to the internet gateway ${toInternet.gatewayId}, and the environment is one without internet.`, 'Name isolated subnets, or take the route away.'));
  }
  const makesWayToS3 = stack.of('AWS::EC2::VPCEndpoint').some(({ properties: { ServiceName: name } }) => typeof name === 'string' && name.endsWith('.s3'));
  const ways = (await endpointsOf(String(subnet.vpcId), account)).filter(({ serviceName }) => serviceName.endsWith('.s3'));
  const reaches = ways.some((one) => one.vpcEndpointType !== 'Gateway' || itemsOf(one.routeTableIdSet).map(String).includes(String(table?.routeTableId)));
  if (!makesWayToS3 && !reaches) {
    found.push(problem(`The subnet ${id} has no way to S3: no gateway endpoint is in its route table ${table?.routeTableId ?? '(it has none)'}.`, 'Add a gateway endpoint for S3 to that route table.'));
  }
  return found;
}

async function groupIsFit(id: string, vpc: string | undefined, account: Account): Promise<Finding[]> {
  const group = await only(account, 'DescribeSecurityGroups', 'securityGroupInfo', 'groupId', id);
  if (group === undefined) return [problem(`There is no security group ${id} in ${account.region}.`, 'Name one that there is.')];
  if (vpc !== undefined && group.vpcId !== vpc) return [problem(`The security group ${id} is in the VPC ${group.vpcId}, and the environment is in ${vpc}.`, 'Name a security group of the VPC.')];
  const open = itemsOf(group.ipPermissions).some(({ ipRanges }) => itemsOf(ipRanges).some(({ cidrIp }) => cidrIp === '0.0.0.0/0'));
  return open ? [problem(`The security group ${id} admits 0.0.0.0/0.`, 'Admit the security groups or the range of the VPC only.')] : [];
}

function endpointsOf(vpc: string, account: Account): Promise<Element[]> {
  return account.all('ec2', { action: 'ec2:DescribeVpcEndpoints', subject: `the endpoints of ${vpc}` }, 'vpcEndpointSet', { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': vpc });
}

/** By a filter, for a wrong id is then an empty list and not a fault. */
async function only(account: Account, operation: string, list: string, idName: 'vpcId' | 'subnetId' | 'groupId', id: string): Promise<Element | undefined> {
  const filter = idName.replace('Id', '-id');
  const found = await account.all('ec2', { action: `ec2:${operation}`, subject: id }, list, { 'Filter.1.Name': filter, 'Filter.1.Value.1': id });
  return found.find((one) => one[idName] === id);
}
