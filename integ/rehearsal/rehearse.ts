import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { parseArgs } from 'util';
import { LocalAws } from './local-aws';
import { variants } from './plan';
import { Rehearsal } from './rehearsal';
import { table } from './table';
import { pythonEnvironment, PythonMissing } from '../python/environment';

/** As many at once as there are cores; each in a local AWS of its own. */
const AT_ONCE = 2;

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { app: { type: 'string' }, only: { type: 'string', multiple: true }, keep: { type: 'boolean' } } });
  const chosen = variants(values.app).filter((variant) => !values.only || values.only.includes(variant.name));
  if (chosen.length === 0) throw new Error(`No such rehearsal; there are ${variants(values.app).map((variant) => variant.name).join(', ')}.`);

  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  const began = Date.now();
  const python = pythonEnvironment(console.error);
  const servers = new Set<LocalAws>();
  const stop = () => void Promise.all([...servers].map((aws) => aws.stop())).then(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const reports = await inParallel(chosen.map((variant) => async () => {
    const aws = await LocalAws.start(python, join(folder, variant.name));
    servers.add(aws);
    try {
      const report = await new Rehearsal(aws, variant).run();
      console.error(`${report.discrepancies.length === 0 ? '✔' : '✘'} ${variant.name}: ${variant.proves}`);
      return report;
    } finally {
      servers.delete(aws);
      await aws.stop();
    }
  }));
  console.log(table(reports, (Date.now() - began) / 1000));
  const failed = reports.some((report) => report.discrepancies.length > 0);
  if (failed || values.keep) console.log(`Logs: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
  return failed ? 1 : 0;
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

main().then((code) => process.exit(code), (error) => {
  console.error(error instanceof PythonMissing ? error.message : error);
  process.exit(1);
});
