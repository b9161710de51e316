import { mkdtempSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join, resolve } from 'path';
import { parseArgs } from 'util';
import { deliverableOf } from './deliverable';
import { fixedCosts } from './prices';
import { Progress, Tell } from './progress';
import { report } from './report';
import { validate } from './validation';
import { stacksOf } from '../../test/access/template/synthesized-stack';
import { TemplateReader } from '../../test/access/template/template-reader';
import { CheckedApp } from '../../test/apps/catalog/apps';
import { synthesize } from '../../test/apps/catalog/synthesized';
import { build } from '../apps/quickstart/app';
import { command, CommandFailed } from '../checks/consumers/command';
import { colors } from '../colors';
import { PythonMissing } from '../python/environment';
import { variants } from '../rehearsal/plan';
import { rehearse } from '../rehearsal/rehearse';

const ROOT = resolve(__dirname, '..', '..');
const ENVIRONMENT = join(ROOT, 'integ', 'python', 'environment.ts');
const MODULE = join(ROOT, 'integ', 'apps', 'quickstart', 'quickstart-stack.ts');
/** The account of the local AWS, which stands for the user's in what is printed. */
const HERE = { account: '111111111111', region: 'us-east-1' };
const QUICKSTART: CheckedApp = { name: 'quickstart', build };

/** Something is not as it should be; what, is said line by line. */
class Faulty extends Error {}

/**
 * Shows on a fresh machine, without an AWS account, what one line of code stands up.
 *
 * `--prepared` is for whoever has prepared and compiled already, beside programs that read what a compilation writes.
 */
async function main(): Promise<void> {
  const { values: { prepared } } = parseArgs({ options: { prepared: { type: 'boolean' } } });
  const progress = new Progress();
  const folder = mkdtempSync(join(tmpdir(), 'quickstart-'));
  try {
    // The one mostly waits for the network, the other for the processor.
    if (!prepared) await progress.step('Prepare and compile', async (tell) => (await Promise.all([prepare(), compile(tell)])).join('; '));
    const { app, templates } = await progress.step('Synthesize', async () => {
      const synthesized = synthesize(QUICKSTART, join(folder, 'cdk.out'));
      return { ...synthesized, outcome: `${Object.keys(synthesized.templates[0].template.Resources).length} resources` };
    });
    const { passed } = await progress.step('Validate', async (tell) => {
      tell('cfn-lint, cdk-nag, circles, limits');
      const outcome = await validate(app, templates);
      if (outcome.faults.length > 0) throw new Faulty(outcome.faults.join('\n'));
      return { ...outcome, outcome: 'nothing open' };
    });
    const rehearsed = await progress.step('Rehearse on a local AWS with IAM enforced', (tell) => rehearsal(folder, tell));
    const [{ stackName, template }] = templates;
    const reader = new TemplateReader(stacksOf(app, HERE));
    const deliverable = deliverableOf(template);
    const resolved = (name: string) => String(reader.value(stackName, deliverable.outputs.find((output) => output.name === name)!.value));
    console.log(report(deliverable, resolved, fixedCosts(template), [...passed, `rehearsal: ${rehearsed.outcome}`]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(): Promise<string> {
  await command(process.execPath, [join(ROOT, 'node_modules', 'ts-node', 'dist', 'bin'), '-T', '--project', join(ROOT, 'integ', 'tsconfig.json'), ENVIRONMENT])
    .catch((error: unknown) => { throw error instanceof CommandFailed ? new Faulty(error.output.trim()) : error; });
  return 'Python environment with the local AWS and cfn-lint';
}

async function compile(tell: Tell): Promise<string> {
  tell('handlers');
  await projen('bundle:handlers');
  tell('library');
  await projen('compile');
  return 'handlers bundled, library compiled by jsii';
}

async function rehearsal(folder: string, tell: Tell): Promise<{ outcome: string }> {
  const [{ discrepancies, resources, seconds, tail }] = await rehearse(variants(MODULE), join(folder, 'rehearsal'), tell);
  if (discrepancies.length > 0) throw new Faulty([...discrepancies, tail].join('\n'));
  const steps = Object.entries(seconds).map(([step, time]) => `${step} ${time.toFixed(0)} s`).join(', ');
  return { outcome: `${resources} resources: ${steps}; nothing left behind but what is to be kept` };
}

function projen(task: string): Promise<string> {
  return command(process.execPath, [join(ROOT, 'node_modules', 'projen', 'bin', 'projen'), task], { cwd: ROOT });
}

main().then(() => process.exit(0), (error: unknown) => {
  if (error instanceof PythonMissing || error instanceof Faulty) console.error(colors.red(error.message));
  else console.error(error);
  process.exit(1);
});

