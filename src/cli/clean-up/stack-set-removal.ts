import { Place } from './place';
import { untilGone } from './waiting';
import { Account } from '../aws/account';

/** Every instance of a stack set goes, with its stack; in accounts that are passed over, the stack is let go of. */
export async function instancesRemoved(place: Place, name: string, callAs: string, without: string[]): Promise<void> {
  const aws = place.aws.anew();
  const there = { StackSetName: name, CallAs: callAs };
  const set = await aws.query('cloudformation', { action: 'cloudformation:DescribeStackSet', subject: `the stack set ${name}`, absent: ['StackSetNotFoundException'] }, there);
  if (set === undefined) return;
  const instances = await aws.all('cloudformation', { action: 'cloudformation:ListStackInstances', subject: `the instances of the stack set ${name}` }, 'Summaries', there);
  const isManaged = String(set.StackSet.PermissionModel) === 'SERVICE_MANAGED';
  for (const retain of [true, false]) {
    const some = instances.filter(({ Account: account }) => without.includes(String(account)) === retain);
    if (some.length === 0) continue;
    const values = (field: string) => [...new Set(some.map((one) => String(one[field])))];
    await operated(place, name, callAs, {
      ...there,
      ...members('Regions', values('Region')),
      // A service-managed set knows units, of which it is told which accounts.
      ...isManaged ? { ...members('DeploymentTargets.OrganizationalUnitIds', values('OrganizationalUnitId')), ...members('DeploymentTargets.Accounts', values('Account')), 'DeploymentTargets.AccountFilterType': 'INTERSECTION' }
        : members('Accounts', values('Account')),
      'RetainStacks': String(retain),
      'OperationPreferences.FailureTolerancePercentage': '100',
      'OperationPreferences.MaxConcurrentPercentage': '100',
    });
  }
}

async function operated({ aws }: Place, name: string, callAs: string, input: Record<string, string>): Promise<void> {
  const answer = await aws.anew().query('cloudformation', { action: 'cloudformation:DeleteStackInstances', subject: `the instances of the stack set ${name}` }, input);
  const operation = { StackSetName: name, CallAs: callAs, OperationId: String(answer?.OperationId) };
  let status = '';
  const seen = await untilGone(async () => {
    const question = { action: 'cloudformation:DescribeStackSetOperation', subject: `the operation of the stack set ${name}` };
    status = String((await aws.anew().query('cloudformation', question, operation))?.StackSetOperation.Status);
    return ['SUCCEEDED', 'FAILED', 'STOPPED'].includes(status) ? undefined : status;
  });
  const failures = await failuresOf(aws.anew(), name, operation);
  if (seen !== undefined || status !== 'SUCCEEDED' || failures.length > 0) throw new Error(`StackSets could not delete its stacks (${seen ?? status}): ${failures.join('; ') || 'it does not say why'}`);
}

/** Within the tolerance, an operation that failed here and there has succeeded. */
async function failuresOf(aws: Account, name: string, operation: Record<string, string>): Promise<string[]> {
  const question = { action: 'cloudformation:ListStackSetOperationResults', subject: `the results of the stack set ${name}` };
  const results = await aws.all('cloudformation', question, 'Summaries', operation);
  return results.filter(({ Status }) => ['FAILED', 'CANCELLED'].includes(String(Status))).map(({ Account: account, StatusReason }) => `${account}: ${StatusReason}`);
}

function members(name: string, values: string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, index) => [`${name}.member.${index + 1}`, value]));
}
