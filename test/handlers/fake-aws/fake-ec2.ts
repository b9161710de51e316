import { Answer, page, Refusal } from './answer';

export interface FakeGroup { id: string; name: string; vpc: string; ingressFrom: string[]; egressTo: string[] }
/** A VPC with the ranges that it was made with and got, and what became of these. */
export interface FakeVpc { id: string; ranges: { cidr: string; state?: string }[]; tags?: Record<string, string> }
interface FakeInterface { id: string; groups: string[]; mountTarget?: string }

/** Security groups whose rules may name each other, and the network interfaces that use them. */
export class FakeEc2 {
  groups: FakeGroup[] = [];
  interfaces: FakeInterface[] = [];
  vpcs: FakeVpc[] = [];
  pageSize = 1;

  /** The two groups that SageMaker makes for a home file system: each one's rule names the other. */
  nfsGroupsOf(domainId: string, vpc: string): void {
    const suffix = vpc === 'vpc-1' ? domainId : `${domainId}-${vpc}`;
    const [inbound, outbound] = [`sg-in-${suffix}`, `sg-out-${suffix}`];
    this.groups.push({ id: inbound, name: `security-group-for-inbound-nfs-${domainId}`, vpc, ingressFrom: [outbound], egressTo: [] });
    this.groups.push({ id: outbound, name: `security-group-for-outbound-nfs-${domainId}`, vpc, ingressFrom: [], egressTo: [inbound] });
  }

  call(input: URLSearchParams): Answer {
    const action = input.get('Action') ?? '';
    const operations: Record<string, () => Answer> = {
      DescribeSecurityGroups: () => this.describeGroups(input),
      DescribeVpcs: () => this.describeVpcs(input),
      DescribeNetworkInterfaces: () => this.describeInterfaces(input),
      RevokeSecurityGroupIngress: () => this.revoke(input, 'ingressFrom'),
      RevokeSecurityGroupEgress: () => this.revoke(input, 'egressTo'),
      DeleteSecurityGroup: () => this.deleteGroup(input.get('GroupId') ?? ''),
    };
    if (!operations[action]) throw new Refusal('InvalidAction', action);
    return operations[action]();
  }

  private describeGroups(input: URLSearchParams): Answer {
    const filters = filtersOf(input);
    const all = this.groups.filter(({ vpc, name }) => filters['vpc-id'].includes(vpc) && filters['group-name'].includes(name));
    const { items, next } = page({ name: 'SecurityGroups', filters }, all, this.pageSize, input.get('NextToken'));
    const pairs = (ids: string[]) => ids.map((id) => '<item><ipProtocol>tcp</ipProtocol><fromPort>2049</fromPort><toPort>2049</toPort>'
      + `<groups><item><groupId>${id}</groupId><userId>111111111111</userId></item></groups></item>`).join('');
    return Answer.xml('DescribeSecurityGroupsResponse', `<securityGroupInfo>${items.map((group) => `<item><groupId>${group.id}</groupId>`
      + `<groupName>${group.name}</groupName><vpcId>${group.vpc}</vpcId><ipPermissions>${pairs(group.ingressFrom)}</ipPermissions>`
      + `<ipPermissionsEgress>${pairs(group.egressTo)}</ipPermissionsEgress></item>`).join('')}</securityGroupInfo>`
      + (next ? `<nextToken>${next}</nextToken>` : ''));
  }

  private describeVpcs(input: URLSearchParams): Answer {
    const filters = filtersOf(input);
    const all = this.vpcs.filter(({ tags = {} }) => filters['tag-key'].some((key) => key in tags));
    const { items, next } = page({ name: 'Vpcs', filters }, all, this.pageSize, input.get('NextToken'));
    return Answer.xml('DescribeVpcsResponse', `<vpcSet>${items.map(({ id, ranges, tags = {} }) => `<item><vpcId>${id}</vpcId><cidrBlock>${ranges[0].cidr}</cidrBlock>`
      + `<cidrBlockAssociationSet>${ranges.map(({ cidr, state = 'associated' }) => `<item><cidrBlock>${cidr}</cidrBlock><cidrBlockState><state>${state}</state></cidrBlockState></item>`).join('')}`
      + `</cidrBlockAssociationSet><tagSet>${Object.entries(tags).map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`).join('')}</tagSet></item>`).join('')}</vpcSet>`
      + (next ? `<nextToken>${next}</nextToken>` : ''));
  }

  private describeInterfaces(input: URLSearchParams): Answer {
    const groups = filtersOf(input)['group-id'];
    const items = this.interfaces.filter((one) => one.groups.some((group) => groups.includes(group)));
    return Answer.xml('DescribeNetworkInterfacesResponse', `<networkInterfaceSet>${items
      .map(({ id }) => `<item><networkInterfaceId>${id}</networkInterfaceId></item>`).join('')}</networkInterfaceSet>`);
  }

  private revoke(input: URLSearchParams, side: 'ingressFrom' | 'egressTo'): Answer {
    const group = this.find(input.get('GroupId') ?? '');
    const named = [...input.entries()].filter(([key]) => /\.Groups\.\d+\.GroupId$/.test(key)).map(([, value]) => value);
    if (!named.every((id) => group[side].includes(id))) throw new Refusal('InvalidPermission.NotFound');
    group[side] = group[side].filter((id) => !named.includes(id));
    return Answer.xml('RevokeResponse', '<return>true</return>');
  }

  private deleteGroup(id: string): Answer {
    const group = this.find(id);
    const named = this.groups.some((other) => other !== group && [...other.ingressFrom, ...other.egressTo].includes(id));
    if (named || this.interfaces.some(({ groups }) => groups.includes(id))) throw new Refusal('DependencyViolation', `${id} has a dependent object`);
    this.groups = this.groups.filter((one) => one !== group);
    return Answer.xml('DeleteSecurityGroupResponse', '<return>true</return>');
  }

  private find(id: string): FakeGroup {
    const group = this.groups.find((one) => one.id === id);
    if (!group) throw new Refusal('InvalidGroup.NotFound', id);
    return group;
  }
}

function filtersOf(input: URLSearchParams): Record<string, string[]> {
  const filters: Record<string, string[]> = {};
  for (let i = 1; input.has(`Filter.${i}.Name`); i++) {
    const values = [];
    for (let j = 1; input.has(`Filter.${i}.Value.${j}`); j++) values.push(input.get(`Filter.${i}.Value.${j}`) ?? '');
    filters[input.get(`Filter.${i}.Name`) ?? ''] = values;
  }
  return filters;
}
