import { setTimeout as sleep } from 'timers/promises';
import {
  DescribeSecurityGroupsCommand, EC2Client, RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand, SecurityGroup,
} from '@aws-sdk/client-ec2';
import { endingWithEvent, patient } from '../aws/sdk';
import { answering } from '../cloudformation/respond';

const ec2 = endingWithEvent(new EC2Client(patient()));

/** Looks at a group. EC2 is soon of one mind about what it has changed. */
const LOOKS = 10;

/**
 * Takes all rules out of a security group. Asking for what is there makes it safe to call twice; a deletion leaves the
 * group closed, since it goes with its VPC.
 */
export const handler = answering(async (event) => {
  const groupId = String(event.ResourceProperties.GroupId);
  if (event.RequestType !== 'Delete') await close(groupId);
  return { physicalResourceId: groupId };
});

/** Until no rule is seen: somebody else may be closing the group at the same time, and EC2 revokes all that it is given or nothing. */
async function close(groupId: string): Promise<void> {
  for (let looks = 1; ; looks++) {
    const group = await look(groupId);
    if (!group.IpPermissions?.length && !group.IpPermissionsEgress?.length) return;
    if (looks === LOOKS) throw new Error(`the security group ${groupId} still has rules although they were revoked ${LOOKS - 1} times: somebody opens it again`);
    if (looks > 1) await sleep(Number(process.env.POLL_MILLISECONDS ?? 2_000));
    await revoke(group);
  }
}

async function look(groupId: string): Promise<SecurityGroup> {
  const { SecurityGroups: [group] = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  if (group === undefined) throw new Error(`the security group ${groupId} does not exist`);
  return group;
}

async function revoke({ GroupId, IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup): Promise<void> {
  if (IpPermissions.length > 0) await unlessGone(() => ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions })));
  if (IpPermissionsEgress.length > 0) {
    await unlessGone(() => ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: IpPermissionsEgress })));
  }
}

/** A rule that is gone already is what we want. */
async function unlessGone(call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!(error instanceof Error && error.name === 'InvalidPermission.NotFound')) throw error;
  }
}
