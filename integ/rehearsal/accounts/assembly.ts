import { readFileSync } from 'fs';
import { join } from 'path';

/** Stacks that are deployed by one call of the CLI: neighbours in the order that go to one account. */
export interface Leg {
  readonly account: string;
  readonly stacks: string[];
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: string[];
}

/** The stacks of an assembly in the order of their dependencies, which may go from account to account. */
export function legsOf(assembly: string): Leg[] {
  const { artifacts } = JSON.parse(readFileSync(join(assembly, 'manifest.json'), 'utf8')) as { artifacts: Record<string, Artifact> };
  const legs: Leg[] = [];
  const seen = new Set<string>();
  const visit = (id: string): void => {
    if (seen.has(id)) return;
    seen.add(id);
    const { type, environment, displayName, dependencies = [] } = artifacts[id];
    dependencies.forEach(visit);
    if (type !== 'aws:cloudformation:stack') return;
    const account = /^aws:\/\/(\d{12})\//.exec(environment ?? '')?.[1];
    if (!account) throw new Error(`${id} needs an account and a region to be rehearsed beside others.`);
    const last = legs.at(-1);
    if (last?.account === account) last.stacks.push(displayName ?? id);
    else legs.push({ account, stacks: [displayName ?? id] });
  };
  Object.keys(artifacts).forEach(visit);
  return legs;
}
