import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { Consumer, consumers } from './consumer';
import { FLOOR } from '../../consumers/versions';

/** How many install and synthesize at once. */
const AT_ONCE = 2;

/** Templates by file, with their keys in order. */
type Templates = Record<string, string>;

interface Outcome {
  readonly consumer: Consumer;
  readonly seconds: number;
  readonly result: Templates | Error;
}

/** Apps in three languages install the built packages and synthesize the same templates. */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'consumers-'));
  try {
    const waiting = [...consumers().entries()];
    const outcomes: Outcome[] = [];
    const worker = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) outcomes[next[0]] = await use(next[1], join(folder, String(next[0])));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    return report(outcomes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A failure is an outcome: the others are still at work in the same folder. */
async function use(consumer: Consumer, folder: string): Promise<Outcome> {
  const began = Date.now();
  mkdirSync(folder);
  const result = await consumer.synthesize(folder).then(templatesIn, (error: Error) => error);
  return { consumer, seconds: (Date.now() - began) / 1000, result };
}

function templatesIn(out: string): Templates {
  const files = readdirSync(out).filter((file) => file.endsWith('.template.json')).sort();
  return Object.fromEntries(files.map((file) => [file, JSON.stringify(inOrder(JSON.parse(readFileSync(join(out, file), 'utf8'))), undefined, 1)]));
}

function report(outcomes: Outcome[]): number {
  const [reference] = outcomes;
  const failures = outcomes.map(({ consumer, seconds, result }) => {
    const faults = faultsOf(consumer, result, reference.result);
    console.log(`${faults.length === 0 ? '✔' : '✘'} ${consumer.name}: ${result instanceof Error ? 'failed' : `${Object.keys(result).length} templates`} (${seconds.toFixed(0)} s)`);
    for (const fault of faults) console.log(`  ${fault}`);
    return faults.length;
  });
  return failures.every((count) => count === 0) ? 0 : 1;
}

function faultsOf(consumer: Consumer, result: Templates | Error, reference: Templates | Error): string[] {
  if (result instanceof Error) return [result.message];
  // Another CDK may render the same app differently; that the app type-checks and synthesizes is what counts there.
  if (reference instanceof Error || !consumer.name.endsWith(FLOOR.cdk)) return [];
  return Object.keys({ ...reference, ...result })
    .filter((file) => reference[file] !== result[file])
    .map((file) => `${file} differs from ${firstDifference(reference[file] ?? '', result[file] ?? '')}`);
}

function firstDifference(one: string, other: string): string {
  const ones = one.split('\n'), others = other.split('\n');
  const line = ones.findIndex((text, index) => text !== others[index]);
  return `TypeScript's: ${ones[line]?.trim() ?? 'nothing'} there, ${others[line]?.trim() ?? 'nothing'} here`;
}

/** The order of keys is nobody's promise; the order of lists is. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, inOrder(item)]));
}

main().then((code) => process.exit(code), (error) => {
  console.error(error);
  process.exit(1);
});
