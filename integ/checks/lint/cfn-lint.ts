import { spawn } from 'child_process';
import { availableParallelism } from 'os';
import { dirname, join } from 'path';
import { pythonEnvironment } from '../../python/environment';

/** What cfn-lint says of a template. */
export interface LintMatch {
  readonly Level: 'Error' | 'Warning' | 'Informational';
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: (string | number)[] | null };
}

/** Exit codes of cfn-lint that say something of the templates; every other one says that it did not run. */
const RAN = new Set([0, 2, 4, 6, 8, 10, 12, 14]);

/** Runs cfn-lint over templates, on every core there is. */
export async function cfnLint(templates: string[]): Promise<LintMatch[]> {
  const python = pythonEnvironment(console.error);
  const waiting = [...templates];
  const matches: LintMatch[] = [];
  const worker = async () => {
    // A few at a time: starting costs a second, and the templates are of very different sizes.
    for (let next = waiting.splice(0, 3); next.length > 0; next = waiting.splice(0, 3)) matches.push(...await run(python, next));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return matches;
}

/** The resource that a match is about. */
export function resourceOf(match: LintMatch): string {
  const [section, id] = match.Location.Path ?? [];
  return section === 'Resources' ? String(id) : [section, id].filter((part) => part !== undefined).join('.');
}

function run(python: string, templates: string[]): Promise<LintMatch[]> {
  return new Promise((done, failed) => {
    const lint = spawn(join(dirname(python), 'cfn-lint'), ['--format', 'json', '--template', ...templates], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '', errors = '';
    lint.stdout.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    lint.stderr.on('data', (chunk: Buffer) => { errors += chunk.toString(); });
    lint.on('error', failed);
    lint.on('close', (code) => (RAN.has(code ?? 1) && output ? done(JSON.parse(output) as LintMatch[]) : failed(new Error(`cfn-lint ended with ${code}: ${errors.trim().split('\n').pop()}`))));
  });
}
