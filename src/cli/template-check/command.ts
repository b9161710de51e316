import { writeFileSync } from 'fs';
import { exitCodeOf, foundIn } from './found';
import { inputsOf } from './inputs';
import { jsonOf, junitOf, sarifOf, textOf } from './outputs';
import { RULES, unknownAmong } from '../../checks/rules/all';
import { isColored, print } from '../output';
import { ExitCode } from '../report';
import { WrongUse } from '../wrong-use';

export const CHECK_OPTIONS = {
  'rule': { type: 'string', multiple: true },
  'parameter': { type: 'string', multiple: true },
  'image-account': { type: 'string', multiple: true },
  'exclude': { type: 'string', multiple: true },
  'json': { type: 'boolean' },
  'sarif': { type: 'string' },
  'junit': { type: 'string' },
  'allow-unknown': { type: 'boolean' },
  'rules': { type: 'boolean' },
} as const;

interface Values {
  readonly 'rule'?: string[];
  readonly 'parameter'?: string[];
  readonly 'image-account'?: string[];
  readonly 'exclude'?: string[];
  readonly 'json'?: boolean;
  readonly 'sarif'?: string;
  readonly 'junit'?: string;
  readonly 'allow-unknown'?: boolean;
  readonly 'rules'?: boolean;
}

export function runCheck(values: Values, paths: string[]): ExitCode {
  if (values.rules) return print(RULES.map(({ id, title, severity }) => `${id} (${severity}): ${title}\n`).join(''));
  const { rule: only = RULES.map(({ id }) => id), exclude = [] } = values;
  const unknown = unknownAmong([...only, ...exclude]);
  if (unknown.length > 0) throw new WrongUse(`There is no rule ${unknown.join(', ')}. "npx cdk-secure-mlops check --rules" lists those that there are.`);
  const rules = RULES.filter(({ id }) => only.includes(id) && !exclude.includes(id));
  if (rules.length === 0) throw new WrongUse('Every rule is excluded. Leave one to look at.');

  const inputs = inputsOf(paths.length === 0 ? ['cdk.out'] : paths, { parameters: parametersOf(values.parameter ?? []), imageAccounts: accountsOf(values['image-account'] ?? []) });
  const found = foundIn(inputs, rules);
  if (values.sarif !== undefined) write(values.sarif, `${JSON.stringify(sarifOf(found, rules), undefined, 2)}\n`);
  if (values.junit !== undefined) write(values.junit, junitOf(found, inputs, rules));
  print(values.json ? `${JSON.stringify(jsonOf(found, inputs), undefined, 2)}\n` : textOf(found, inputs, rules, isColored()));
  return exitCodeOf(found, values['allow-unknown'] ?? false);
}

function parametersOf(written: readonly string[]): Record<string, string> {
  const wrong = written.filter((one) => !/^[A-Za-z0-9]+=/.test(one));
  if (wrong.length > 0) throw new WrongUse(`--parameter must be a name and a value, such as Stage=prod, got ${wrong.join(', ')}.`);
  const entries = written.map((one): [string, string] => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]);
  const twice = entries.map(([name]) => name).find((name, index, names) => names.indexOf(name) < index);
  if (twice !== undefined) throw new WrongUse(`The parameter ${twice} is given twice. Give it once.`);
  return Object.fromEntries(entries);
}

function accountsOf(written: readonly string[]): readonly string[] {
  const wrong = written.filter((one) => !/^\d{12}$/.test(one));
  if (wrong.length > 0) throw new WrongUse(`--image-account must be an account id of 12 digits, got ${wrong.join(', ')}.`);
  return written;
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new WrongUse(`${file} cannot be written: ${(error as Error).message}.`);
  }
}
