import {
  DeleteSecurityGroupCommand, IpPermission, paginateDescribeNetworkInterfaces, paginateDescribeSecurityGroups,
  RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand, SecurityGroup,
} from '@aws-sdk/client-ec2';
import { ec2, unlessGone } from './aws';
import { everyPage } from '../aws/sdk';

/**
 * Deletes the two groups that SageMaker makes for a home file system. Their rules name each other, so both lose their
 * rules first: EC2 deletes no group that another one's rule names. Answers what is left and who holds it.
 */
export async function deleteSecurityGroups(domainId: string, vpcId: string): Promise<string[]> {
  const groups = await groupsOf(domainId, vpcId);
  for (const group of groups) await revokeMutualRules(group);
  const left: string[] = [];
  for (const { GroupId, GroupName } of groups) {
    const holders = await deleteOrNameHolders(GroupId);
    if (holders !== undefined) left.push(`security group ${GroupId} ${GroupName}${holders}`);
  }
  return left;
}

function groupsOf(domainId: string, vpcId: string): Promise<SecurityGroup[]> {
  return everyPage(paginateDescribeSecurityGroups({ client: ec2 }, {
    Filters: [
      { Name: 'vpc-id', Values: [vpcId] },
      { Name: 'group-name', Values: [`security-group-for-inbound-nfs-${domainId}`, `security-group-for-outbound-nfs-${domainId}`] },
    ],
  }), (page) => page.SecurityGroups);
}

async function revokeMutualRules({ GroupId, IpPermissions, IpPermissionsEgress }: SecurityGroup): Promise<void> {
  const ingress = mutual(IpPermissions);
  const egress = mutual(IpPermissionsEgress);
  if (ingress.length > 0) await unlessGone(() => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: ingress })));
  if (egress.length > 0) await unlessGone(() => ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: egress })));
}

/** Of each rule, the part that names groups. */
function mutual(permissions: IpPermission[] = []): IpPermission[] {
  return permissions
    .filter(({ UserIdGroupPairs }) => (UserIdGroupPairs?.length ?? 0) > 0)
    .map(({ IpProtocol, FromPort, ToPort, UserIdGroupPairs }) => ({
      IpProtocol,
      FromPort,
      ToPort,
      UserIdGroupPairs: UserIdGroupPairs?.map(({ GroupId, UserId }) => ({ GroupId, UserId })),
    }));
}

async function deleteOrNameHolders(GroupId?: string): Promise<string | undefined> {
  try {
    await unlessGone(() => ec2.send(new DeleteSecurityGroupCommand({ GroupId })));
    return undefined;
  } catch (error) {
    if ((error as Error).name !== 'DependencyViolation') throw error;
    const interfaces = await everyPage(
      paginateDescribeNetworkInterfaces({ client: ec2 }, { Filters: [{ Name: 'group-id', Values: [GroupId ?? ''] }] }),
      (page) => page.NetworkInterfaces,
    );
    const names = interfaces.map((one) => one.NetworkInterfaceId).join(', ');
    return names === '' ? ' (a rule of another security group names it)' : ` (used by network interface ${names})`;
  }
}
