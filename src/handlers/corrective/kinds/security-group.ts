import {
  DescribeSecurityGroupsCommand, EC2Client, paginateDescribeSecurityGroupRules, paginateGetManagedPrefixListEntries,
  RevokeSecurityGroupIngressCommand, SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import { everyPage, patient } from '../../aws/sdk';
import { openRules } from '../admission';
import { isGone, unlessGone } from '../faults';
import { Broken, command, Kind } from '../seen';
import { settings } from '../settings';

const ec2 = new EC2Client(patient());

/** Security groups. Rules that open a port to the internet are revoked; others stay. */
export const SECURITY_GROUP: Kind = {
  action: 'revoke-security-group-rule',
  look: async ({ name: { groupId: GroupId } }) => {
    const { vpcs, partition, region, account } = settings();
    const found = await unlessGone(() => ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] })));
    if (!vpcs.includes(found?.SecurityGroups?.[0]?.VpcId ?? '')) return undefined;
    const open = await openOf(GroupId);
    const about = open.map(({ IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId }) => (
      { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId }
    ));
    return {
      // eslint-disable-next-line no-restricted-syntax -- handlers import no room, arn.ts neither
      arn: `arn:${partition}:ec2:${region}:${account}:security-group/${GroupId}`,
      since: idsOf(open).sort().join(), // a rule that is made again has another id
      isActive: true,
      about,
      resources: {},
      requests: [],
      broken: open.map(broken),
      correct: () => revoke(GroupId, idsOf(open)),
      undo: open.map((rule) => command('ec2', 'authorize-security-group-ingress', { 'group-id': GroupId, 'ip-permissions': JSON.stringify([permission(rule)]) })),
    };
  },
};

const idsOf = (rules: readonly SecurityGroupRule[]) => rules.flatMap(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? []);

async function openOf(groupId: string): Promise<SecurityGroupRule[]> {
  const pages = paginateDescribeSecurityGroupRules({ client: ec2 }, { Filters: [{ Name: 'group-id', Values: [groupId] }] });
  const rules = (await everyPage(pages, (page) => page.SecurityGroupRules)).filter(({ IsEgress }) => IsEgress === false);
  const lists = [...new Set(rules.flatMap(({ PrefixListId }) => PrefixListId ?? []))];
  const ranges = new Map(await Promise.all(lists.map(async (list) => [list, await rangesOf(list)] as const)));
  const from = ({ PrefixListId = '', CidrIpv4, CidrIpv6 }: SecurityGroupRule) => ranges.get(PrefixListId) ?? [CidrIpv4, CidrIpv6].filter((one) => one !== undefined);
  return openRules(rules.map((rule) => ({ rule, ranges: from(rule) })));
}

async function rangesOf(PrefixListId: string): Promise<string[]> {
  const entries = await unlessGone(() => everyPage(paginateGetManagedPrefixListEntries({ client: ec2 }, { PrefixListId }), (page) => page.Entries));
  return (entries ?? []).flatMap(({ Cidr }) => Cidr ?? []);
}

/** EC2 revokes all of a list or nothing: where somebody has taken one of them away meanwhile, each is asked for by itself. */
async function revoke(GroupId: string, ids: readonly string[]): Promise<void> {
  const revoking = (...SecurityGroupRuleIds: string[]) => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
  try {
    await revoking(...ids);
  } catch (error) {
    if (!isGone(error) || ids.length === 1) throw error;
    for (const id of ids) await unlessGone(() => revoking(id));
  }
}

function broken({ SecurityGroupRuleId, IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId }: SecurityGroupRule): Broken {
  const ports = IpProtocol === '-1' ? 'everything' : `${IpProtocol} ${FromPort}–${ToPort}`;
  return { rule: 'SecurityGroupOpen', message: `${SecurityGroupRuleId} admits ${ports} from ${CidrIpv4 ?? CidrIpv6 ?? PrefixListId}.` };
}

function permission({ IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, Description }: SecurityGroupRule): object {
  const from = CidrIpv4 !== undefined ? { IpRanges: [{ CidrIp: CidrIpv4, Description }] }
    : CidrIpv6 !== undefined ? { Ipv6Ranges: [{ CidrIpv6, Description }] } : { PrefixListIds: [{ PrefixListId, Description }] };
  return { IpProtocol, ...(IpProtocol === '-1' ? {} : { FromPort, ToPort }), ...from };
}
