import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { lint, LintReport } from './lint';
import { APPS } from '../../../test/apps/catalog/apps';
import { synthesize } from '../../../test/apps/catalog/synthesized';
import { acceptedEnvironments } from '../../../test/apps/properties/accepted-environments';
import { PythonMissing } from '../../python/environment';

/** How many environments with props of all kinds are linted besides the apps. */
const DRAWN = 50;

/** cfn-lint over every app, and over a batch of environments that fast-check draws. */
async function main(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'cfn-lint-'));
  try {
    const apps = APPS.flatMap((app, index) => synthesize(app, join(folder, `app-${index}`)).templates);
    const drawn = acceptedEnvironments(DRAWN).flatMap((app, index) => synthesize(app, join(folder, `drawn-${index}`)).templates);
    const report = await lint([...apps, ...drawn].map(({ file }) => file));
    console.log(summaryOf(report));
    return report.faults.length + report.stale.length === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summaryOf({ templates, explained, faults, stale }: LintReport): string {
  return [
    ...new Set(faults),
    ...stale.map((one) => `Explained, but found no more: ${one}`),
    `cfn-lint: ${templates} templates, ${faults.length} faults, ${explained} warnings that are explained, ${stale.length} stale explanations`,
  ].join('\n');
}

main().then((code) => process.exit(code), (error) => {
  console.error(error instanceof PythonMissing ? error.message : error);
  process.exit(1);
});
