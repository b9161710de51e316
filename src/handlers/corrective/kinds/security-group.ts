import {
  DescribeSecurityGroupsCommand, EC2Client, paginateDescribeSecurityGroupRules, RevokeSecurityGroupIngressCommand, SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { everyPage, patient } from '../../aws/sdk';
import { unlessGone } from '../faults';
import { Broken, command, Kind } from '../seen';
import { settings } from '../settings';

const ec2 = new EC2Client(patient());

/** Every address: what no group around data admits. */
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** Security groups. Rules that admit everybody are revoked; others stay. */
export const SECURITY_GROUP: Kind = {
  action: 'revoke-security-group-rule',
  look: async ({ name: { groupId: GroupId } }) => {
    const { vpcs, partition, region, account } = settings();
    const found = await unlessGone(() => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] })));
    if (!vpcs.includes(found?.SecurityGroups?.[0]?.VpcId ?? '')) return undefined;
    const open = (await rulesOf(GroupId)).filter(isOpen);
    const about = open.map(({ IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6 }) => ({ IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6 }));
    const SecurityGroupRuleIds = open.flatMap(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? []).sort();
    return {
      // eslint-disable-next-line no-restricted-syntax -- handlers import no room, arn.ts neither
      arn: `arn:${partition}:ec2:${region}:${account}:security-group/${GroupId}`,
      since: SecurityGroupRuleIds.join(), // a rule that is made again has another id
      isActive: true,
      about,
      resources: {},
      requests: [],
      broken: open.map(broken),
      correct: () => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds })),
      undo: open.map((rule) => command('ec2', 'authorize-security-group-ingress', { 'group-id': GroupId, 'ip-permissions': JSON.stringify([permission(rule)]) })),
    };
  },
};

function rulesOf(groupId: string): Promise<SecurityGroupRule[]> {
  return everyPage(paginateDescribeSecurityGroupRules({ client: ec2 }, { Filters: [{ Name: 'group-id', Values: [groupId] }] }), (page) => page.SecurityGroupRules);
}

function isOpen({ IsEgress, CidrIpv4, CidrIpv6 }: SecurityGroupRule): boolean {
  return IsEgress === false && EVERYWHERE.includes(CidrIpv4 ?? CidrIpv6 ?? '');
}

function broken({ SecurityGroupRuleId, IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6 }: SecurityGroupRule): Broken {
  const ports = IpProtocol === '-1' ? 'everything' : `${IpProtocol} ${FromPort}–${ToPort}`;
  return { rule: 'SecurityGroupOpen', message: `${SecurityGroupRuleId} admits ${ports} from ${CidrIpv4 ?? CidrIpv6}.` };
}

function permission({ IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, Description }: SecurityGroupRule): object {
  const ranges = CidrIpv4 === undefined ? { Ipv6Ranges: [{ CidrIpv6, Description }] } : { IpRanges: [{ CidrIp: CidrIpv4, Description }] };
  return { IpProtocol, ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }), ...ranges };
}
