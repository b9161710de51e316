import { EC2Client, paginateDescribeVpcs, Vpc } from '@aws-sdk/client-ec2';
import { overlap } from './ranges';
import { endingWithEvent, patient } from '../aws/sdk';
import { answering } from '../cloudformation/respond';

const ec2 = endingWithEvent(new EC2Client(patient()));

/** The tag that everything of an environment has. */
const ENVIRONMENT = 'environment';

/**
 * Refuses a network range before a VPC is made with it. The physical id is the range, which an update cannot change; where one has
 * failed, CloudFormation comes back with the range that it was, and that is no change.
 */
export const handler = answering(async (event) => {
  const range = String(event.ResourceProperties.Range);
  if (event.RequestType === 'Create') await checkFree(range, event.StackId);
  if (event.RequestType === 'Update') checkSame(event.PhysicalResourceId, range);
  return { physicalResourceId: event.RequestType === 'Delete' ? event.PhysicalResourceId : range };
});

/** An environment may be older than this resource: then its VPC is there already, and is what must not change. */
async function checkFree(range: string, stackId: string): Promise<void> {
  for await (const { Vpcs = [] } of paginateDescribeVpcs({ client: ec2 }, { Filters: [{ Name: 'tag-key', Values: [ENVIRONMENT] }] })) {
    for (const vpc of Vpcs) {
      if (tagOf(vpc, 'aws:cloudformation:stack-id') === stackId) checkSame(vpc.CidrBlock ?? range, range);
      else checkBeside(vpc, range);
    }
  }
}

function checkSame(before: string, now: string): void {
  if (before !== now) throw new Error(`An environment cannot change its network range from ${before} to ${now}: launch another one`);
}

function checkBeside(vpc: Vpc, range: string): void {
  const other = rangesOf(vpc).find((one) => overlap(one, range));
  if (other === undefined) return;
  throw new Error(`Network range must be free: ${range} overlaps ${other} of the environment ${tagOf(vpc, ENVIRONMENT)} (${vpc.VpcId}) in this account and region`);
}

/** The range that it was made with, and those that somebody has added, which stay in the list for a while when they are taken away. */
function rangesOf({ CidrBlock, CidrBlockAssociationSet = [] }: Vpc): string[] {
  const associated = CidrBlockAssociationSet.filter(({ CidrBlockState }) => CidrBlockState?.State !== 'disassociated');
  return [CidrBlock, ...associated.map((one) => one.CidrBlock)].filter((one) => one !== undefined);
}

function tagOf({ Tags = [] }: Vpc, key: string): string | undefined {
  return Tags.find(({ Key }) => Key === key)?.Value;
}
