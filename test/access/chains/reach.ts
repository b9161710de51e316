import { AccessSystem } from '../access-system';
import { Simulator } from '../simulator';
import { trialOf, tryOut } from '../trial';
import { Hop, Way, waysOf } from './ways';

/** Who can work as whom, and by what. */
export type Reach = Map<string, Map<string, string>>;

/** Places that somebody might act from: what is allowed from one of them is allowed. */
const PLACES = ['environmentVpc', 'internet', 'serviceNetwork'];

/**
 * Searches what each of these reaches in one step.
 *
 * @param exchangeable roles of builds that run what a launcher can exchange
 */
export async function stepsOf(everybody: string[], exchangeable: string[], system: AccessSystem, simulator: Simulator): Promise<Reach> {
  const known = new Map<string, boolean>();
  const may = async (who: string, { does, on, given }: Hop): Promise<boolean> => {
    const request = JSON.stringify([who, does, on, given]);
    if (!known.has(request)) known.set(request, await anywhere(who, { does, on, given }, system, simulator));
    return known.get(request)!;
  };
  const reach: Reach = new Map(), ways = waysOf(exchangeable);
  for (const who of everybody) {
    const found = new Map<string, string>();
    for (const way of ways.filter(({ to, only = who }) => to !== who && only === who)) {
      if (!found.has(way.to) && await all(way, (hop) => may(hop.asReached ? way.to : who, hop))) found.set(way.to, way.name);
    }
    reach.set(who, found);
  }
  return reach;
}

/** Everybody as whom somebody can work, in any number of steps. */
export function reachedBy(who: string, steps: Reach): string[] {
  const reached = new Set([who]);
  for (const one of reached) for (const next of steps.get(one)?.keys() ?? []) reached.add(next); // a set grows while it is read
  return [...reached].filter((one) => one !== who).sort();
}

async function all({ hops }: Way, may: (hop: Hop) => Promise<boolean>): Promise<boolean> {
  for (const hop of hops) if (!await may(hop)) return false;
  return true;
}

async function anywhere(who: string, hop: Hop, system: AccessSystem, simulator: Simulator): Promise<boolean> {
  for (const from of PLACES) {
    const { outcome, detail } = await tryOut(trialOf({ id: 'chain', expect: 'allow', why: 'a step of a chain', who, from, ...hop }, system), simulator);
    if (outcome === 'undecided') throw new Error(`${who} ${hop.does} ${hop.on} from ${from}: ${detail}`);
    if (outcome === 'allow') return true;
  }
  return false;
}
