import { existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { join, relative, sep } from 'path';
import { parseTemplate } from './yaml';
import { reasonsBeside } from '../../checks/core/assembly';
import { ReasonOf } from '../../checks/core/look';
import { Refused } from '../../checks/core/refused';
import { Template, templateFrom } from '../../checks/core/template';
import { WrongUse } from '../wrong-use';

/** A template that is looked at. */
export interface Input {
  /** As it was named, or found below what was named. */
  readonly file: string;
  readonly text: string;
  readonly template: Template;
  /** What constructs of an app say, if the template is one of a cloud assembly. */
  readonly reasonOf: ReasonOf;
}

const TEMPLATE = /\.(json|ya?ml|template)$/;
/** A file in a directory or of a pattern is a template if it has resources with a type: everything else there is passed over. */
const LOOKS_LIKE = [/["']?Resources["']?\s*:/, /["']?Type["']?\s*:\s*["']?[A-Za-z0-9]+::/];

/**
 * Templates of files, of patterns with * and **, and of directories with everything below them, such as the one that `cdk synth` writes.
 *
 * @throws WrongUse if something is not there, is no template, or is one that cannot be looked at
 */
export function inputsOf(paths: readonly string[]): Input[] {
  const files = [...new Set(paths.flatMap(filesOf))];
  return files.map((file) => {
    const text = readFileSync(file, 'utf8');
    try {
      return { file, text, template: templateFrom(text, parseTemplate), reasonOf: reasonsBeside(file) };
    } catch (error) {
      throw error instanceof Refused ? new WrongUse(`${file} is refused. ${error.message}.`) : error;
    }
  });
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

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => name !== 'node_modules' && !name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : entry.isFile() ? [join(folder, entry.name)] : []));
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
