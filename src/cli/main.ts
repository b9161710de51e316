import { parseArgs } from 'util';
import { stacksOf } from './assembly';
import { Unread } from './aws/account';
import { CHECKS, policy } from './checks/all';
import { HELP } from './help';
import { preflight } from './preflight';
import { ExitCode, exitCodeOf, reportOf } from './report';
import { WrongUse } from './wrong-use';

const OPTIONS = {
  region: { type: 'string' },
  stack: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  policy: { type: 'boolean' },
  checks: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parsed() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new WrongUse((error as Error).message);
  }
}

async function main(): Promise<ExitCode> {
  const { values, positionals: [command, path = 'cdk.out', ...more] } = parsed();
  if (values.help) return print(HELP);
  if (command !== 'preflight') throw new WrongUse(command === undefined ? 'Say which command: preflight.' : `There is no command ${command}, only preflight.`);
  if (more.length > 0) throw new WrongUse(`One directory or template is read, and ${more.join(', ')} comes after it.`);
  if (values.policy) return print(`${JSON.stringify(policy(), undefined, 2)}\n`);
  if (values.checks) return print(CHECKS.map(({ name, title }) => `${name}: ${title}\n`).join(''));

  const all = stacksOf(path);
  const unknown = values.stack?.filter((name) => !all.some((stack) => stack.name === name)) ?? [];
  if (unknown.length > 0) throw new WrongUse(`There is no stack ${unknown.join(', ')} in ${path}, only ${all.map(({ name }) => name).join(', ')}.`);
  const stacks = all.filter(({ name }) => values.stack?.includes(name) ?? true);
  const found = await preflight(stacks, values.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || undefined), progress);
  clearProgress();
  if (values.json) print(`${JSON.stringify({ stacks: stacks.map(({ name }) => name), findings: found }, undefined, 2)}\n`);
  else print(`${reportOf(found, stacks.length, CHECKS.length, process.stdout.isTTY && !process.env.NO_COLOR)}\n`);
  return exitCodeOf(found);
}

function print(text: string): ExitCode {
  process.stdout.write(text);
  return ExitCode.FINE;
}

/** For people who look on, on one line that is written over. */
function progress(stack: string, check: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${stack}: ${check} …`);
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}

main().then((code) => { process.exitCode = code; }, (error: unknown) => {
  clearProgress();
  if (error instanceof WrongUse) {
    process.stderr.write(`${error.message}\nSee npx cdk-secure-mlops --help.\n`);
    process.exitCode = ExitCode.WRONG_USE;
  } else {
    const [message, remedy] = error instanceof Unread ? [error.message, ` Allow ${error.action}, or see that the credentials hold.`] : [(error as Error).stack ?? String(error), ''];
    process.stderr.write(`AWS could not be read. ${message}.${remedy}\n`);
    process.exitCode = ExitCode.UNREAD;
  }
});
