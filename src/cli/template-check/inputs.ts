import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'fs';
import { join, relative, sep } from 'path';
import { parseTemplate } from './yaml';
import { Asked, Looked, templatesOf } from '../../checks/core/assembly';
import { Refused } from '../../checks/core/refused';
import { WrongUse } from '../wrong-use';

/** A template that is looked at: its file as it was named, or found below what was named. */
export type Input = Looked;

const TEMPLATE = /\.(json|ya?ml|template)$/;
/** A file in a directory or of a pattern is a template if it has resources with a type: everything else there is passed over. */
const LOOKS_LIKE = [/["']?Resources["']?\s*:/, /["']?Type["']?\s*:\s*["']?[A-Za-z0-9]+::/];

/**
 * Templates of files, of patterns with * and **, and of directories with everything below them, such as the one that `cdk synth` writes.
 *
 * @throws WrongUse if something is not there, is no template, or is one that cannot be looked at
 */
export function inputsOf(paths: readonly string[], asked: Asked = {}): Input[] {
  const files = [...new Map(paths.flatMap(filesOf).map((file) => [realpathSync(file), file] as const).reverse()).values()].reverse();
  let inputs: Input[];
  try {
    inputs = templatesOf(files, { ...asked, parse: parseTemplate });
  } catch (error) {
    throw error instanceof Refused ? new WrongUse(`${error.file} is refused. ${error.message}.`) : error;
  }
  const names = Object.keys(asked.parameters ?? {}).filter((name) => !inputs.some(({ template }) => Object.hasOwn(template.section('Parameters'), name)));
  if (names.length > 0) throw new WrongUse(`No template has the parameter ${names.join(', ')}. Name one that a template has.`);
  return inputs;
}

function filesOf(path: string): string[] {
  if (existsSync(path)) return statSync(path).isDirectory() ? templatesIn(path, path) : [path];
  const found = path.includes('*') ? matching(path) : [];
  if (found.length > 0) return found;
  throw new WrongUse(`There is no ${path}. Name templates, or the directory that "npx cdk synth" writes.`);
}

function templatesIn(folder: string, named: string): string[] {
  const found = filesBelow(folder).filter(isTemplate);
  if (found.length === 0) throw new WrongUse(`In ${named} is no template. Run "npx cdk synth" first, and name the directory that it writes, cdk.out.`);
  return found;
}

function isTemplate(file: string): boolean {
  if (!TEMPLATE.test(file)) return false;
  const text = readFileSync(file, 'utf8');
  return LOOKS_LIKE.every((part) => part.test(text));
}

/** Links are followed, but not in a circle. */
function filesBelow(folder: string, above: readonly string[] = []): string[] {
  const real = realpathSync(folder);
  if (above.includes(real)) return [];
  return readdirSync(folder).filter((name) => name !== 'node_modules' && !name.startsWith('.')).sort((one, other) => (one < other ? -1 : 1)).flatMap((name) => {
    const path = join(folder, name);
    // A link that leads nowhere is no template.
    const found = statSync(path, { throwIfNoEntry: false });
    return found?.isDirectory() ? filesBelow(path, [...above, real]) : found?.isFile() ? [path] : [];
  });
}

/** A shell that finds nothing, or a pattern in quotes, leaves * to the command. */
function matching(pattern: string): string[] {
  const parts = pattern.split('/');
  const fixed = parts.slice(0, parts.findIndex((part) => part.includes('*'))).join('/');
  const folder = fixed === '' && !pattern.startsWith('/') ? '.' : fixed || '/';
  if (!existsSync(folder)) return [];
  const rest = parts.slice(fixed === '' && !pattern.startsWith('/') ? 0 : fixed.split('/').length).join('/');
  const regular = rest.replace(/[.+^${}()|[\]\\?]/g, '\\$&').replace(/\*\*\/|\*\*|\*/g, (star) => (star === '*' ? '[^/]*' : star === '**' ? '.*' : '(?:.*/)?'));
  const expression = new RegExp(`^${regular}$`);
  return filesBelow(folder).filter((file) => expression.test(relative(folder, file).split(sep).join('/')) && isTemplate(file));
}

/** The line in which a resource begins, from 1: the first if it cannot be told. */
export function lineOf({ text }: Input, logicalId: string): number {
  const name = logicalId.replace(/[.+^${}()|[\]\\?*]/g, '\\$&');
  const start = Math.max(0, text.search(/^\s*["']?Resources["']?\s*:/m));
  const found = text.slice(start).search(new RegExp(`^\\s*["']?${name}["']?\\s*:`, 'm'));
  if (found < 0) return 1;
  const line = text.slice(start).slice(found).search(/\S/);
  return text.slice(0, start + found + line).split('\n').length;
}
