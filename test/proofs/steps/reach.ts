import { Deed, Errand } from './errand';
import { Hop, Way, Ways } from './ways';
import { NamedPolicy } from '../../access/policy-document';
import { Requester } from '../../access/request/requester';
import { AccessRequest, Replacements } from '../../access/simulator';
import { Solver } from '../solver';

/** A step that is possible, and requests by which it is taken. */
export interface Step {
  readonly from: string;
  readonly way: Way;
  readonly requests: AccessRequest[];
}

interface Tried {
  readonly who: Requester;
  readonly deed: Deed;
}

/** Everything that steps are made of, each decided once: some request makes it possible, whatever it says, or none does. */
export class Reach {
  /** Decides all of it. */
  public static async of(ways: Ways, solver: Solver): Promise<Reach> {
    const reach = new Reach(ways, solver);
    for (const [name, request] of await reach.decide([...reach.deeds.keys()])) reach.possible.set(name, request);
    return reach;
  }

  private readonly deeds = new Map<string, Tried>();
  private readonly possible = new Map<string, AccessRequest | undefined>();
  private readonly tried: { from: string; way: Way }[];

  private constructor(private readonly ways: Ways, private readonly solver: Solver) {
    this.tried = [...ways.people.keys()].flatMap((from) => (
      ways.all.filter(({ to, only = from }) => to !== from && only === from).map((way) => ({ from, way }))));
    for (const { from, way } of this.tried) {
      for (const hop of way.hops) this.deeds.set(this.nameOf(hop, from, way), { who: this.whoOf(hop, from, way), deed: hop });
    }
  }

  /** How many questions there are. */
  public get size(): number {
    return this.deeds.size;
  }

  /** Every step that is possible. */
  public steps(): Step[] {
    return this.stepsBy(this.possible);
  }

  /** Every step that would be possible if a policy were another. */
  public async stepsWith({ name, document }: Pick<NamedPolicy, 'name' | 'document'>): Promise<Step[]> {
    const concerned = [...this.deeds].filter(([, { who, deed }]) => (
      [...who.identityPolicies ?? [], ...[who.boundary, deed.policy].flatMap((policy) => policy ?? [])].some((policy) => policy.name === name)));
    return this.stepsBy(new Map([...this.possible, ...await this.decide(concerned.map(([deed]) => deed), new Map([[name, document]]))]));
  }

  private async decide(names: string[], replacements?: Replacements): Promise<[string, AccessRequest | undefined][]> {
    const errands: [string, Errand][] = [];
    for (const name of names) errands.push([name, await Errand.of(this.deeds.get(name)!.who, this.deeds.get(name)!.deed, replacements)]);
    const open = errands.filter(([, errand]) => !errand.isIdle);
    const answers = this.solver.examples(open.map(([, errand]) => ({ script: errand.script(), unknowns: errand.unknowns() })));
    const found = new Map(open.map(([name, errand], at) => [name, answers[at] && errand.requestOf(answers[at])]));
    return names.map((name) => [name, found.get(name)]);
  }

  private stepsBy(possible: Map<string, AccessRequest | undefined>): Step[] {
    return this.tried.flatMap(({ from, way }) => {
      const requests = way.hops.flatMap((hop) => possible.get(this.nameOf(hop, from, way)) ?? []);
      return requests.length === way.hops.length ? [{ from, way, requests }] : [];
    });
  }

  private whoOf(hop: Hop, from: string, way: Way): Requester {
    return (hop.by === undefined ? this.ways.people.get(from) : hop.by === 'reached' ? this.ways.people.get(way.to) : hop.by)!;
  }

  private nameOf(hop: Hop, from: string, way: Way): string {
    return JSON.stringify([this.whoOf(hop, from, way).arn, hop.does, hop.on, hop.but, hop.given, hop.unlike]);
  }
}

/** Steps by who takes them, each in two words: what is done, and as whom one then works. */
export function inWords(steps: Step[]): Record<string, string[]> {
  const words: Record<string, string[]> = {};
  for (const { from, way } of steps) words[from] = [...new Set([...words[from] ?? [], `${way.name} ${way.to}`])].sort();
  return words;
}

/** Everybody as whom somebody can work in any number of such steps. */
export function reachedBy(who: string, steps: Record<string, string[]>): string[] {
  const reached = new Set([who]);
  for (const one of reached) for (const step of steps[one] ?? []) reached.add(step.split(' ')[1]); // a set grows while it is read
  return [...reached].filter((one) => one !== who).sort();
}
