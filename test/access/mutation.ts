import { readFileSync } from 'fs';
import { join } from 'path';
import { churn } from './churn-app';
import { canMatter, Mutant, mutantsOf } from './mutants';
import { NamedPolicy } from './policy-document';
import { readScenarios } from './scenario';
import { Decision, Simulator } from './simulator';
import { Trial, trialOf, tryOut } from './trial';
import '../setup';

/** Mutants that no scenario notices, and why that is right. */
interface Survivor {
  /** Name of the mutant, `*` for anything. */
  readonly mutant: string;
  readonly why: string;
}

interface Weighed {
  readonly trial: Trial;
  readonly decision: Decision;
}

const SURVIVORS = join(__dirname, 'survivors.json');

/** The policies that have a say in a trial. */
function policiesOf({ request }: Trial): NamedPolicy[] {
  return [...request.who.identityPolicies ?? [], request.who.boundary, request.on.policy, request.endpointPolicy].flatMap((policy) => policy ?? []);
}

/** Whether a scenario notices a mutant: something else comes of it. An answer that is none notices nothing. */
async function isNoticed(mutant: Mutant, weighed: Weighed[], simulator: Simulator): Promise<boolean> {
  for (const { trial, decision } of weighed) {
    if (!canMatter(mutant, decision.analyses)) continue;
    const { outcome } = await tryOut(trial, simulator, new Map([[mutant.policy.name, mutant.document]]));
    if (outcome !== decision.outcome && outcome !== 'undecided') return true;
  }
  return false;
}

async function main(): Promise<void> {
  const start = Date.now();
  const system = churn();
  const simulator = new Simulator();
  const byPolicy = new Map<string, Weighed[]>();
  for (const scenario of readScenarios('contract', 'own')) {
    const trial = trialOf(scenario, system);
    if (trial.unreachable) continue;
    const decision = await tryOut(trial, simulator);
    if (decision.outcome !== scenario.expect) throw new Error(`${scenario.id} fails before any mutation: ${decision.detail}`);
    for (const { name } of policiesOf(trial)) byPolicy.set(name, [...byPolicy.get(name) ?? [], { trial, decision }]);
  }
  const mutants = system.reader.allPolicies().flatMap(mutantsOf);
  const survivors: string[] = [];
  for (const mutant of mutants) {
    if (!await isNoticed(mutant, byPolicy.get(mutant.policy.name) ?? [], simulator)) survivors.push(mutant.name);
  }
  report(mutants, survivors, Math.round((Date.now() - start) / 1000));
}

function asPattern(name: string): RegExp {
  return new RegExp(`^${name.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')).join('.*')}$`);
}

function report(mutants: Mutant[], survivors: string[], seconds: number): void {
  const explanations = (JSON.parse(readFileSync(SURVIVORS, 'utf8')) as Survivor[]).map(({ mutant }) => ({ mutant, pattern: asPattern(mutant) }));
  const unexplained = survivors.filter((name) => !explanations.some(({ pattern }) => pattern.test(name)));
  const outdated = explanations.filter(({ pattern }) => !survivors.some((name) => pattern.test(name)));
  console.log(`${mutants.length} mutants in ${seconds} s: ${mutants.length - survivors.length} noticed, ${survivors.length} survive, ${unexplained.length} of them unexplained`);
  for (const name of unexplained) console.log(`unexplained: ${name}`);
  for (const { mutant } of outdated) console.log(`explained, but noticed or gone: ${mutant}`);
  if (unexplained.length + outdated.length > 0) process.exitCode = 1;
}

void main();
