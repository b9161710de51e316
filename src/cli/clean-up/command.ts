import { createInterface } from 'readline';
import { execute, Outcome } from './execute';
import { placesOf } from './places';
import { Plan, Planning } from './plan';
import { policy } from './policy';
import { outcomeText, planText, summaryText } from './report';
import { clearProgress, isColored, print, progress } from '../output';
import { ExitCode } from '../report';
import { WrongUse } from '../wrong-use';

export const CLEAN_UP_OPTIONS = {
  'region': { type: 'string' },
  'profile': { type: 'string', multiple: true },
  'role': { type: 'string', multiple: true },
  'without': { type: 'string', multiple: true },
  'include-data': { type: 'boolean' },
  'execute': { type: 'boolean' },
  'yes': { type: 'boolean' },
  'json': { type: 'boolean' },
  'policy': { type: 'boolean' },
} as const;

interface Values {
  readonly 'region'?: string;
  readonly 'profile'?: string[];
  readonly 'role'?: string[];
  readonly 'without'?: string[];
  readonly 'include-data'?: boolean;
  readonly 'execute'?: boolean;
  readonly 'yes'?: boolean;
  readonly 'json'?: boolean;
  readonly 'policy'?: boolean;
}

/** As names of environments are; the library's own rule is not among what is bundled. */
export const NAME = /^(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export async function runCleanUp(values: Values, positionals: string[]): Promise<ExitCode> {
  const { environment, region } = checked(values, positionals);
  const includeData = values['include-data'] ?? false, without = values.without ?? [];
  if (values.policy) return print(`${JSON.stringify(policy(environment, region, includeData), undefined, 2)}\n`);

  const places = await placesOf(environment, region, values);
  const plan = await new Planning(places, { includeData, without }, ({ account }, what) => progress(account, what)).plan();
  clearProgress();
  if (!values.json) print(`${planText(plan, environment, isColored())}\n`);
  const isDry = !values.execute || plan.unread.length > 0 || plan.items.every(({ fate }) => fate !== 'delete');
  const outcomes = isDry || !(values.yes || await isTyped(environment)) ? undefined : await execute(plan, places, without, (outcome) => {
    clearProgress();
    if (!values.json) print(`${outcomeText(outcome, isColored())}\n`);
  }, ({ account, name }) => progress(account, name));
  clearProgress();
  if (values.json) print(`${JSON.stringify({ environment, region, accounts: places.map(({ account }) => account), ...plan, ...outcomes && { outcomes } }, undefined, 2)}\n`);
  else print(`${summaryText(plan, environment, outcomes)}\n`);
  return exitCodeOf(plan, outcomes);
}

function checked(values: Values, [environment, ...more]: string[]): { readonly environment: string; readonly region: string } {
  if (environment === undefined) throw new WrongUse('Say which environment is to be cleaned up, by its name.');
  if (more.length > 0) throw new WrongUse(`One environment is cleaned up, and ${more.join(', ')} comes after it.`);
  if (!NAME.test(environment)) {
    throw new WrongUse(`No environment is called ${environment}: names are 1-20 lower-case letters, digits and single hyphens.`);
  }
  const region = values.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || undefined);
  if (region === undefined) throw new WrongUse('Say in which region the environment is with --region, or with AWS_REGION.');
  if (values.yes && !values.execute) throw new WrongUse('--yes answers the question of --execute: say both.');
  if (values.execute && values.json && !values.yes) throw new WrongUse('With --json nobody sees what is asked: say --yes as well.');
  return { environment, region };
}

/** Whether somebody types the name of the environment, and nothing else. */
async function isTyped(environment: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin });
  process.stderr.write('To delete this, type the name of the environment: ');
  for await (const line of lines) return line.trim() === environment;
  return false;
}

function exitCodeOf({ items, unread }: Plan, outcomes: Outcome[] | undefined): ExitCode {
  if (unread.length > 0) return ExitCode.UNREAD;
  if (items.some(({ fate }) => fate === 'blocked') || outcomes?.some(({ outcome }) => outcome !== 'deleted')) return ExitCode.FOUND;
  return ExitCode.FINE;
}
