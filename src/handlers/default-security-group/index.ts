import { DescribeSecurityGroupsCommand, EC2Client, RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { endingWithEvent, patient } from '../aws/sdk';
import { answering } from '../cloudformation/respond';

const ec2 = endingWithEvent(new EC2Client(patient()));

/**
 * Takes all rules out of a security group. Asking for what is there makes it safe to call twice; a deletion leaves the
 * group closed, since it goes with its VPC.
 */
export const handler = answering(async (event) => {
  const groupId = String(event.ResourceProperties.GroupId);
  if (event.RequestType !== 'Delete') await close(groupId);
  return { physicalResourceId: groupId };
});

async function close(groupId: string): Promise<void> {
  const { SecurityGroups: [group] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  if (group === undefined) throw new Error(`the security group ${groupId} does not exist`);
  if (group.IpPermissions?.length) await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions: group.IpPermissions }));
  if (group.IpPermissionsEgress?.length) {
    await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: groupId, IpPermissions: group.IpPermissionsEgress }));
  }
}
