import { execFileSync } from 'child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { basename, dirname, join, resolve } from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { makeLazy } from '../../projenrc/lazy-loading';
import { columns } from '../columns';

/**
 * How long a synthesis takes and how much memory, beside that of `CfnInclude` of the same template:
 * `npx ts-node -T --project integ/tsconfig.json integ/bench/synth.ts [runs] [checkout …]`
 *
 * The library is compiled first, as its users have it. What is measured are whole processes, from the start of Node.js to the
 * written templates, in turn: what else the machine does falls on all of them.
 */
const HERE = resolve(__dirname, '..', '..');
const APP = join('integ', 'bench', 'synth-app');
/** With this many project templates, beside `CfnInclude` of the template. */
const TEMPLATES = [0, 2];
const ENVIRONMENTS = [10, 50];

interface Measured {
  /** From start to end of the process. */
  readonly seconds: number;
  /** Of all cores, Node.js's own threads included. */
  readonly cpu: number;
  /** The most memory that the process had, in MB. */
  readonly peak: number;
  /** The part of it that is in use when the templates are written, in MB. */
  readonly held: number;
}

interface Case {
  readonly name: string;
  readonly run: () => Measured;
  readonly runs: Measured[];
  /** What it is compared with. */
  readonly beside?: Case;
}

function main([runs = '5', ...roots]: string[]): void {
  const workplace = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    const cases = [HERE, ...roots.map((root) => resolve(root))].flatMap((root, index) => casesOf(root, join(workplace, String(index))));
    for (let run = 0; run < Number(runs); run++) for (const one of cases) one.runs.push(one.run());
    console.log(columns([['medians', 'seconds', 'of CPU', 'to CfnInclude', 'of CPU', 'MB at most', 'MB in use'], ...cases.map(row)]).join('\n'));
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

function casesOf(root: string, folder: string): Case[] {
  compile(root, folder);
  const named = (name: string, ...parameters: string[]): Case => ({
    name: `${basename(root)}: ${name}`, runs: [], run: () => measured(folder, join(folder, 'out'), parameters),
  });
  return [
    ...TEMPLATES.flatMap((count) => {
      const template = join(folder, `${count}`);
      measured(folder, template, ['1', String(count)]);
      const included = named('CfnInclude of its template', join(template, 'Environment1.template.json'));
      return [{ ...named(`an environment with ${count} project templates`, '1', String(count)), beside: included }, included];
    }),
    ...ENVIRONMENTS.map((count) => named(`${count} environments in one app`, String(count), '0')),
  ];
}

/** Into a folder of its own: .js beside the sources would be taken in their place. */
function compile(root: string, folder: string): void {
  const files = [...sourcesIn(root, 'src').map((file) => [root, file]), [HERE, `${APP}.ts`]];
  for (const [from, file] of files) {
    const { outputText } = transpileModule(readFileSync(join(from, file), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true },
    });
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file.replace(/\.ts$/, '.js')), outputText);
  }
  for (const used of ['assets', 'node_modules']) symlinkSync(join(root, used), join(folder, used));
  if (existsSync(join(root, 'projenrc', 'lazy-loading.ts'))) makeLazy(join(folder, 'src'));
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(root, path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

function measured(folder: string, out: string, parameters: string[]): Measured {
  const began = process.hrtime.bigint();
  const said = execFileSync(process.execPath, [join(folder, `${APP}.js`), ...parameters, out], { encoding: 'utf8' });
  const { collected, ...rest } = JSON.parse(said) as Omit<Measured, 'seconds'> & { collected: number };
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9 - collected, ...rest };
}

function row({ name, runs, beside }: Case): string[] {
  const [seconds, cpu] = [median(runs, 'seconds'), median(runs, 'cpu')];
  const ratios = beside ? [seconds / median(beside.runs, 'seconds'), cpu / median(beside.runs, 'cpu')].map((ratio) => ratio.toFixed(2)) : ['', ''];
  return [name, seconds.toFixed(2), cpu.toFixed(2), ...ratios, median(runs, 'peak').toFixed(0), median(runs, 'held').toFixed(0)];
}

function median(runs: Measured[], figure: keyof Measured): number {
  const values = runs.map((run) => run[figure]).sort((a, b) => a - b);
  return (values[Math.floor((values.length - 1) / 2)] + values[Math.ceil((values.length - 1) / 2)]) / 2;
}

main(process.argv.slice(2));
