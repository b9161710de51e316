import { readdirSync, statSync, writeFileSync } from 'fs';
import { Difference, differencesAsMarkdown, differencesOf } from './differences';
import { simulatorIn } from './find-simulator';
import { htmlOf } from './html';
import { markdownOf } from './markdown';
import { Matrix, matrixOf, Settings } from './matrix';
import { INSTALL, Judge } from './simulator';
import { stacksOf } from '../assembly';
import { print } from '../output';
import { ExitCode } from '../report';
import { WrongUse } from '../wrong-use';

export const ACCESS_OPTIONS = {
  'json': { type: 'boolean' },
  'html': { type: 'string' },
  'against': { type: 'string' },
  'fail-on': { type: 'string' },
  'allow-unknown': { type: 'boolean' },
  'organizational-unit': { type: 'string', multiple: true },
  'parameter': { type: 'string', multiple: true },
} as const;

interface Values {
  readonly 'json'?: boolean;
  readonly 'html'?: string;
  readonly 'against'?: string;
  readonly 'fail-on'?: string;
  readonly 'allow-unknown'?: boolean;
  readonly 'organizational-unit'?: string[];
  readonly 'parameter'?: string[];
}

/** Which differences end with 1. */
const FAILS: Record<string, (found: readonly Difference[]) => boolean> = {
  widened: (found) => found.some(({ kind }) => kind === 'more'),
  changed: (found) => found.length > 0,
  never: () => false,
};

export async function runAccess(values: Values, [path = 'cdk.out', ...more]: string[]): Promise<ExitCode> {
  const { html, json, against, 'fail-on': failOn = 'widened', 'allow-unknown': allowsUnknown } = values;
  if (more.length > 0) throw new WrongUse(`One directory or template is read, and ${more.join(', ')} comes after it. Name the other version of the app with --against.`);
  if (!(failOn in FAILS)) throw new WrongUse(`--fail-on is ${failOn}, and must be one of ${Object.keys(FAILS).join(', ')}.`);
  const settings = settingsOf(values), judge = await simulatorIn(process.cwd());
  if (!judge) process.stderr.write(`Nothing is decided without the policy simulator, which has a licence of its own (AGPL). Install it in this project: ${INSTALL}\n`);
  const matrix = await read(path, judge, settings), before = against === undefined ? undefined : await read(against, judge, settings);
  const differences = before && differencesOf(before, matrix);
  if (html !== undefined) write(html, htmlOf(matrix));
  if (json) print(`${JSON.stringify({ ...matrix, ...(differences && { differences }) }, undefined, 2)}\n`);
  else print(differences ? differencesAsMarkdown(differences, matrix.environments.length) : markdownOf(matrix));
  if (differences && FAILS[failOn](differences)) return ExitCode.FOUND;
  const isUnknown = [matrix, before].some((one) => one?.cells.some(({ answer }) => answer === 'unknown'));
  return !judge || isUnknown && !allowsUnknown ? ExitCode.UNREAD : ExitCode.FINE;
}

function settingsOf({ 'organizational-unit': units = [], 'parameter': given = [] }: Values): Settings {
  const wrongUnit = units.find((unit) => !/^(ou-[a-z0-9]{4,32}-[a-z0-9]{8,32}|r-[a-z0-9]{4,32})$/.test(unit));
  if (wrongUnit !== undefined) throw new WrongUse(`--organizational-unit is ${wrongUnit}, and must be the id of a unit that the environment's account is in, such as ou-ab12-34567890.`);
  const wrong = given.find((one) => !/^\w+=/.test(one));
  if (wrong !== undefined) throw new WrongUse(`--parameter is ${wrong}, and must be a name and a value, such as EnvironmentName=churn.`);
  return { units, parameters: Object.fromEntries(given.map((one) => [one.split('=')[0], one.slice(one.indexOf('=') + 1)])) };
}

async function read(path: string, judge: Judge | undefined, settings: Settings): Promise<Matrix> {
  const matrix = await matrixOf(stacksOf(path), judge, settings);
  if (matrix.environments.length > 0) return matrix;
  const products = statSync(path).isDirectory() ? readdirSync(path).filter((file) => file.endsWith('.product.template.json')) : [];
  throw new WrongUse(`In ${path} is no environment of this library whose name is known, so there is nothing to say: none of its stacks makes the parameters by which others find it. ${products.length > 0
    ? `It offers products of AWS Service Catalog: name the template of one, such as ${path}/${products[0]}, with --parameter EnvironmentName=churn.`
    : 'Name the directory that "npx cdk synth" writes for an app with a DataScienceEnvironment, and give names that are parameters with --parameter.'}`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new WrongUse(`${file} cannot be written: ${(error as Error).message}.`);
  }
}
