import { Account } from './aws/account';
import { readable } from './check';
import { ACCOUNT } from './checks/account';
import { CHECKS } from './checks/all';
import { Reported } from './finding';
import { PlannedStack, StackOfApp } from './planned-stack';
import { WrongUse } from './wrong-use';

/**
 * Looks at each stack, in the account and region that it is for.
 *
 * @param region where the stack is deployed that names no region
 * @param progress called with each check as it begins
 */
export async function preflight(
  stacks: StackOfApp[], region: string | undefined, progress: (stack: string, check: string) => void,
): Promise<Reported[]> {
  const found: Reported[] = [];
  for (const stack of stacks) {
    const place = stack.region ?? region;
    if (place === undefined) throw new WrongUse(`The stack ${stack.name} names no region. Say where it will be deployed with --region, or with AWS_REGION.`);
    const account = new Account(place);
    const identity = await account.query('sts', { action: 'sts:GetCallerIdentity', subject: 'whose credentials these are' });
    const number = String(identity?.Account);
    // What stands in the wrong account says nothing.
    const checks = stack.account !== undefined && stack.account !== number ? [ACCOUNT] : CHECKS;
    const planned = checks.length === 1 ? new PlannedStack(stack, known(account, number, []), new Set())
      : new PlannedStack(stack, known(account, number, await zonesOf(account)), await deployed(stack.name, account));
    for (const check of checks) {
      progress(stack.name, check.name);
      const findings = await readable(() => check.look(planned, account));
      found.push(...findings.map((finding) => ({ ...finding, check: check.name, stack: stack.name })));
    }
  }
  const once = new Map(found.map((finding) => [`${finding.stack}: ${finding.message}`, finding]));
  return [...once.values()];
}

function known({ region, partition }: Account, account: string, zones: string[]) {
  return { account, region, partition, zones };
}

async function zonesOf(account: Account): Promise<string[]> {
  const zones = await account.all('ec2', { action: 'ec2:DescribeAvailabilityZones', subject: 'the availability zones' }, 'availabilityZoneInfo');
  return zones.map(({ zoneName }) => String(zoneName)).sort();
}

/** Logical ids of what the stack has made. */
async function deployed(stackName: string, account: Account): Promise<Set<string>> {
  const question = { action: 'cloudformation:ListStackResources', subject: `the resources of the stack ${stackName}`, absent: ['ValidationError'] };
  const resources = await account.all('cloudformation', question, 'StackResourceSummaries', { StackName: stackName });
  return new Set(resources.filter(({ ResourceStatus: status }) => !/^DELETE_COMPLETE$|^CREATE_FAILED$/.test(status)).map(({ LogicalResourceId }) => String(LogicalResourceId)));
}
