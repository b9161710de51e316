import { itemsOf } from '../aws/account';
import { Check } from '../check';
import { problem } from '../finding';

/** The account and the region are those of the stack's environment, and the region is switched on. */
export const ACCOUNT: Check = {
  name: 'account',
  title: 'The credentials are for the stack\'s account, and its region is switched on there.',
  actions: ['sts:GetCallerIdentity', 'ec2:DescribeRegions'],
  look: async ({ stack, known }, account) => {
    if (stack.account !== undefined && stack.account !== known.account) {
      return [problem(`The credentials are for the account ${known.account}, and the stack is for ${stack.account}.`, `Use credentials or a profile (AWS_PROFILE) of ${stack.account}.`)];
    }
    const answer = await account.query('ec2', { action: 'ec2:DescribeRegions', subject: 'regions' }, { AllRegions: 'true' });
    const region = itemsOf(answer?.regionInfo).find(({ regionName }) => regionName === account.region);
    return region?.optInStatus === 'not-opted-in'
      ? [problem(`The region ${account.region} is switched off in the account ${known.account}.`, 'Switch it on in the account\'s settings, or deploy to another region.')] : [];
  },
};
