import { stacksOf } from './assembly';
import { CHECKS, policy } from './checks/all';
import { clearProgress, isColored, print, progress } from './output';
import { preflight } from './preflight';
import { ExitCode, exitCodeOf, reportOf } from './report';
import { WrongUse } from './wrong-use';

export const PREFLIGHT_OPTIONS = {
  region: { type: 'string' },
  stack: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  policy: { type: 'boolean' },
  checks: { type: 'boolean' },
} as const;

interface Values {
  readonly region?: string;
  readonly stack?: string[];
  readonly json?: boolean;
  readonly policy?: boolean;
  readonly checks?: boolean;
}

export async function runPreflight(values: Values, [path = 'cdk.out', ...more]: string[]): Promise<ExitCode> {
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
  else print(`${reportOf(found, stacks.length, CHECKS.length, isColored())}\n`);
  return exitCodeOf(found);
}
