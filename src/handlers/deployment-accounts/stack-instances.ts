import { Settings } from './settings';
import { Client, listed } from '../aws/client';
import { described, isFault } from '../aws/faults';
import { pagesOf } from '../aws/pages';

/**
 * The accounts that have an instance of the stack set in the region. Before the first deployment there is no stack set.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackInstances.html
 */
export async function accountsWithInstances({ stackSetName, region }: Settings, cloudformation: Client): Promise<Set<string>> {
  const accounts = new Set<string>();
  try {
    const pages = pagesOf('ListStackInstances', (NextToken) => cloudformation.query('2010-05-15', 'ListStackInstances', {
      StackSetName: stackSetName, StackInstanceRegion: region, CallAs: 'SELF', MaxResults: '100', NextToken,
    }));
    for await (const page of pages) for (const { Account } of listed(page.Summaries)) accounts.add(Account);
    return accounts;
  } catch (error) {
    if (isFault(error, 'StackSetNotFoundException')) return accounts;
    throw new Error(`the instances of the stack set ${stackSetName} could not be listed whole: ${described(error)}`);
  }
}
