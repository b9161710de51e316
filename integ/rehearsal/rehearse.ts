import { spawn } from 'child_process';
import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { AccountsRehearsal } from './accounts/accounts-rehearsal';
import { accountsVariants } from './accounts/plan';
import { AccountsVariant } from './accounts/variants';
import { LocalAws } from './local-aws';
import { variants } from './plan';
import { Rehearsal, Report } from './rehearsal';
import { table } from './table';
import { Variant } from './variants';
import { TestCount } from '../checks/test-count';
import { pythonEnvironment, PythonMissing } from '../python/environment';

/** As many at once as there are cores; each in a local AWS of its own. */
const AT_ONCE = 2;

/**
 * Rehearses variants, each in a local AWS of its own that is gone afterwards.
 *
 * @param folder where logs and synthesized apps go
 * @param progress called with a line when something is done
 */
export async function rehearse(chosen: (Variant | AccountsVariant)[], folder: string, progress: (line: string) => void): Promise<Report[]> {
  const python = pythonEnvironment(progress);
  const servers = new Set<LocalAws>();
  const interrupted = () => void Promise.all([...servers].map((aws) => aws.stop())).then(() => process.exit(130));
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    return await inParallel(chosen.map((variant) => async () => {
      const aws = await LocalAws.start(python, join(folder, variant.name));
      servers.add(aws);
      try {
        const report = await ('accounts' in variant ? new AccountsRehearsal(aws, variant, python) : new Rehearsal(aws, variant)).run();
        progress(`${report.discrepancies.length === 0 ? '✔' : '✘'} ${variant.name}: ${variant.proves}`);
        return report;
      } finally {
        servers.delete(aws);
        await aws.stop();
      }
    }));
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  }
}

async function inParallel<T>(work: (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  const waiting = [...work.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results[next[0]] = await next[1]();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** A local AWS that refuses nothing would prove nothing: its own tests. */
function provesRefusals(python: string, progress: (line: string) => void): Promise<boolean> {
  return new Promise((done) => {
    let output = '';
    const tests = spawn(python, ['-B', '-m', 'unittest', 'discover', '--start-directory', 'tests', '--top-level-directory', '.'], { cwd: __dirname });
    for (const stream of [tests.stdout, tests.stderr]) stream.on('data', (chunk: Buffer) => output += chunk.toString());
    tests.on('close', (code) => {
      progress(code === 0 ? '✔ the local AWS refuses what AWS refuses' : `✘ the local AWS:\n${output.slice(-4000)}`);
      progress(String(TestCount.ofUnittest(output) ?? 'no tests'));
      done(code === 0);
    });
  });
}

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { app: { type: 'string' }, only: { type: 'string', multiple: true }, keep: { type: 'boolean' } } });
  const all = [...variants(values.app), ...(values.app ? [] : accountsVariants())];
  const chosen = all.filter((variant) => !values.only || values.only.includes(variant.name));
  if (chosen.length === 0) throw new Error(`No such rehearsal; there are ${all.map((variant) => variant.name).join(', ')}.`);

  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const began = Date.now();
  const refuses = values.app || values.only || await provesRefusals(pythonEnvironment(console.error), console.error);
  const reports = await rehearse(chosen, folder, console.error);
  console.log(table(reports, (Date.now() - began) / 1000));
  const failed = !refuses || reports.some((report) => report.discrepancies.length > 0);
  if (failed || values.keep) console.log(`Logs: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  return failed ? 1 : 0;
}

if (require.main === module) {
  main().then((code) => process.exit(code), (error: unknown) => {
    console.error(error instanceof PythonMissing ? error.message : error);
    process.exit(1);
  });
}
