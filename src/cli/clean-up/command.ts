import { clearProgress, isColored, print, progress } from '../output';
import { ExitCode } from '../report';
import { WrongUse } from '../wrong-use';
import { placesOf } from './places';
import { Plan, Planning } from './plan';
import { policy } from './policy';
import { planText } from './report';

export const CLEAN_UP_OPTIONS = {
  'region': { type: 'string' },
  'profile': { type: 'string', multiple: true },
  'role': { type: 'string', multiple: true },
  'without': { type: 'string', multiple: true },
  'include-data': { type: 'boolean' },
  'json': { type: 'boolean' },
  'policy': { type: 'boolean' },
} as const;

interface Values {
  readonly 'region'?: string;
  readonly 'profile'?: string[];
  readonly 'role'?: string[];
  readonly 'without'?: string[];
  readonly 'include-data'?: boolean;
  readonly 'json'?: boolean;
  readonly 'policy'?: boolean;
}

/** As names of environments are. */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

export async function runCleanUp(values: Values, [environment, ...more]: string[]): Promise<ExitCode> {
  if (values.policy) return print(`${JSON.stringify(policy(), undefined, 2)}\n`);
  if (environment === undefined) throw new WrongUse('Say which environment is to be cleaned up, by its name.');
  if (more.length > 0) throw new WrongUse(`One environment is cleaned up, and ${more.join(', ')} comes after it.`);
  if (!NAME.test(environment) || environment.length > 20) throw new WrongUse(`No environment is called ${environment}: names are 1-20 lower-case letters, digits and single hyphens.`);
  const region = values.region ?? (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || undefined);
  if (region === undefined) throw new WrongUse('Say in which region the environment is with --region, or with AWS_REGION.');

  const places = await placesOf(environment, region, values);
  const wish = { includeData: values['include-data'] ?? false, without: values.without ?? [] };
  const plan = await new Planning(places, wish, ({ account }, what) => progress(account, what)).plan();
  clearProgress();
  if (values.json) print(`${JSON.stringify({ environment, region, accounts: places.map(({ account }) => account), ...plan }, undefined, 2)}\n`);
  else print(`${planText(plan, environment, isColored())}\n`);
  return exitCodeOf(plan);
}

function exitCodeOf({ items, unread }: Plan): ExitCode {
  if (items.some(({ fate }) => fate === 'blocked')) return ExitCode.FOUND;
  return unread.length > 0 ? ExitCode.UNREAD : ExitCode.FINE;
}
