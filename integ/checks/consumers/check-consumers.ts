import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ToolMissing } from './command';
import { Consumer, consumers } from './consumer';
import { FLOOR } from '../../consumers/versions';
import { PythonMissing } from '../../python/environment';

/** How many install and synthesize at once. */
const AT_ONCE = 2;

interface Outcome {
  readonly consumer: Consumer;
  readonly seconds: number;
  /** Templates by stack, keys in order. */
  readonly templates: Record<string, string>;
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
    return compare(outcomes);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function use(consumer: Consumer, folder: string): Promise<Outcome> {
  const began = Date.now();
  mkdirSync(folder);
  const out = await consumer.synthesize(folder);
  const files = readdirSync(out).filter((file) => file.endsWith('.template.json')).sort();
  const templates = Object.fromEntries(files.map((file) => [file, JSON.stringify(inOrder(JSON.parse(readFileSync(join(out, file), 'utf8'))), undefined, 1)]));
  return { consumer, seconds: (Date.now() - began) / 1000, templates };
}

function compare([first, ...others]: Outcome[]): number {
  let differences = 0;
  console.log(`${first.consumer.name}: ${Object.keys(first.templates).length} templates (${first.seconds.toFixed(0)} s)`);
  for (const other of others) {
    const different = Object.keys({ ...first.templates, ...other.templates }).filter((file) => first.templates[file] !== other.templates[file]);
    // A newer CDK may render the same app differently; that it is accepted and renders is what counts there.
    const counts = other.consumer.name.endsWith(FLOOR.cdk);
    if (counts) differences += different.length;
    console.log(`${other.consumer.name}: ${different.length === 0 ? 'the same templates' : `different ${different.join(', ')}`} (${other.seconds.toFixed(0)} s)`);
    for (const file of different) console.log(firstDifference(first.templates[file] ?? '', other.templates[file] ?? ''));
  }
  return differences === 0 ? 0 : 1;
}

function firstDifference(one: string, other: string): string {
  const ones = one.split('\n'), others = other.split('\n');
  const line = ones.findIndex((text, index) => text !== others[index]);
  return `  first difference: ${ones[line]?.trim() ?? 'nothing'} | ${others[line]?.trim() ?? 'nothing'}`;
}

/** The order of keys is nobody's promise; the order of lists is. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, inOrder(item)]));
}

main().then((code) => process.exit(code), (error) => {
  console.error(error instanceof ToolMissing || error instanceof PythonMissing ? error.message : error);
  process.exit(1);
});
