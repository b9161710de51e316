import { Check } from '../check';
import { problem } from '../finding';

/** Of a region, and not to be raised. Trails of all regions and of the organization count as well. @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const MOST = 5;

/** CloudTrail takes the stack's trails. */
export const TRAILS: Check = {
  name: 'trails',
  title: 'The region has room for the stack\'s trails of CloudTrail.',
  actions: ['cloudtrail:DescribeTrails'],
  look: async (stack, account) => {
    const needed = stack.added('AWS::CloudTrail::Trail').length;
    if (needed === 0) return [];
    const question = { action: 'cloudtrail:DescribeTrails', subject: 'trails of CloudTrail' };
    const answer = await account.json<{ trailList?: unknown[] }>('cloudtrail', 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101', question, { includeShadowTrails: true });
    const has = answer?.trailList?.length ?? 0;
    return has + needed <= MOST ? []
      : [problem(`The stack makes ${needed} of the trails of the region, there are ${has}, and a region has at most ${MOST}.`, 'Delete one that nobody needs, or give the log group of one: trail.existingLogGroup of the detective controls.')];
  },
};
