import { Item, PHASES } from './item';
import { Place } from './place';
import { Plan } from './plan';
import { REMOVALS } from './removals';
import { untilGone } from './waiting';
import { concurrently } from '../../handlers/aws/concurrency';
import { Unread } from '../aws/account';

/** What became of something that was to be deleted. */
export interface Outcome {
  readonly item: Item;
  readonly outcome: 'deleted' | 'failed' | 'left';
  /** A sentence: why it is there still. */
  readonly message?: string;
}

/** Deletions in Studio that go on at the same time: SageMaker allows few a second. */
const AT_ONCE = 5;

/**
 * Deletes what a plan says, phase by phase. In a phase each thing is tried, whatever became of the others; the next one begins
 * only if everything is gone, for it takes away what is needed to delete what is left.
 */
export async function execute(
  { items }: Plan, places: Place[], without: string[], tell: (outcome: Outcome) => void, begin: (item: Item) => void,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let obstacle: string | undefined;
  for (const phase of PHASES) {
    const all = items.filter((one) => one.phase === phase);
    const [blocked] = all.filter(({ fate }) => fate === 'blocked');
    obstacle ??= blocked && `${blocked.type} ${blocked.name} is in the way.`;
    for (const group of groupsOf(all.filter(({ fate }) => fate === 'delete'))) {
      const some = await concurrently(group, group[0].phase === 'studio' ? AT_ONCE : 1, async (item): Promise<Outcome> => {
        begin(item);
        const reason = obstacle ?? encryptedWith(item, outcomes);
        const outcome: Outcome = reason === undefined ? await removed(item, places, without) : { item, outcome: 'left', message: reason };
        tell(outcome);
        return outcome;
      });
      outcomes.push(...some);
    }
    const failed = outcomes.find(({ outcome }) => outcome === 'failed');
    obstacle ??= failed && `${failed.item.type} ${failed.item.name} is there still.`;
  }
  return outcomes;
}

/** Why a key stays: what could not be deleted in its account may need it. */
function encryptedWith({ type, account }: Item, outcomes: Outcome[]): string | undefined {
  const left = type === 'AWS::KMS::Key' ? outcomes.find(({ item, outcome }) => outcome === 'failed' && item.phase === 'kept' && item.account === account && item.type !== type) : undefined;
  return left && `${left.item.type} ${left.item.name} is there still, and may be encrypted with it.`;
}

/** Things of one type that follow one another. */
function groupsOf(items: Item[]): Item[][] {
  const groups: Item[][] = [];
  for (const item of items) {
    const last = groups[groups.length - 1];
    if (last?.[0].type === item.type) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

async function removed(item: Item, places: Place[], without: string[]): Promise<Outcome> {
  try {
    const place = places.find(({ account }) => account === item.account)!;
    const seen = await untilGone(await REMOVALS[item.type](place, item, without));
    return seen === undefined ? { item, outcome: 'deleted' } : { item, outcome: 'failed', message: `It is ${seen} still. Run clean-up again later.` };
  } catch (error) {
    const reason = (error as Error).message.replace(/[.]$/, '');
    return { item, outcome: 'failed', message: `${reason}.${error instanceof Unread && item.phase === 'kept' && item.how !== undefined ? ` ${item.how}` : ''}` };
  }
}
