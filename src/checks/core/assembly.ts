import { existsSync, readdirSync, readFileSync, realpathSync } from 'fs';
import { basename, dirname, join } from 'path';
import { nestedPath, reasonsIn } from './assembly-reasons';
import { ReasonOf } from './look';
import { Refused } from './refused';
import { Resource } from './resource';
import { Reading, Template, templateFrom } from './template';
import { Together } from './together';
import { isRecord } from './value';

/** A template of a file, and what constructs say of it. */
export interface Looked {
  readonly file: string;
  readonly text: string;
  readonly template: Template;
  /** What constructs of an app say, if the template is one of a cloud assembly. */
  readonly reasonOf: ReasonOf;
}

/** A stack of a cloud assembly. */
interface Stack {
  readonly metadata: unknown;
  readonly stackName: string;
  /** Stacks of one place see what the others export. */
  readonly place: string;
  readonly account?: string;
}

/** What is said of all templates. */
export interface Asked {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly imageAccounts?: readonly string[];
  readonly parse?: (text: string) => unknown;
}

/**
 * Templates of files. Those of a cloud assembly know of one another, as far as they are deployed to the same place; the templates
 * of their nested stacks are looked at as well, whether they are named or not.
 *
 * @throws Refused if one is no template, or one that cannot be looked at
 */
export function templatesOf(files: readonly string[], asked: Asked = {}): Looked[] {
  const together = new Together(), found = new Map<string, Looked>();
  const manifests = new Map<string, unknown>();
  const take = (file: string, reading: Reading, reasonOf: ReasonOf): Looked => {
    const text = read(file);
    try {
      const one = { file, text, template: templateFrom(text, asked.parse, { ...asked, ...reading }), reasonOf };
      found.set(realpathSync(file), one);
      return one;
    } catch (error) {
      throw error instanceof Refused ? new Refused(error.message, file) : error;
    }
  };
  const named = [...new Set(files)];
  const stacks = named.map((file) => [file, stackOf(file, manifests)] as const);
  for (const [file, stack] of stacks) {
    if (stack === undefined || found.has(realpathSync(file))) continue;
    const { template } = take(file, together.reading(file, stack), reasonsIn(stack.metadata));
    addNested(template, file, stack, undefined);
  }
  for (const [file, stack] of stacks) if (stack === undefined && !found.has(realpathSync(file))) take(file, {}, () => undefined);
  // In the order in which they were named, with nested ones behind.
  const first = named.map((file) => found.get(realpathSync(file))!);
  return [...new Set([...first, ...found.values()])];

  function addNested(parent: Template, file: string, stack: Stack, within: string | undefined): void {
    for (const nested of parent.of('AWS::CloudFormation::Stack')) {
      const inner = templateOf(nested, dirname(file));
      if (inner === undefined || !existsSync(inner) || found.has(realpathSync(inner))) continue;
      const path = nestedPath(stack.metadata, nested) ?? within;
      const shown = named.find((one) => existsSync(one) && realpathSync(one) === realpathSync(inner)) ?? inner;
      const { template } = take(shown, together.nested(inner, stack, parent, nested), reasonsIn(stack.metadata, path));
      addNested(template, inner, stack, path);
    }
  }
}

/** The file of the template of a nested stack: its metadata says it, or the manifest of assets that has what its address ends with. */
function templateOf(nested: Resource, folder: string): string | undefined {
  const asset = isRecord(nested.metadata) ? nested.metadata['aws:asset:path'] : undefined;
  if (typeof asset === 'string') return join(folder, asset);
  const hash = /[0-9a-f]{64}/.exec(String(nested.at('TemplateURL').value))?.[0];
  if (hash === undefined) return undefined;
  const manifests = readdirSync(folder).filter((name) => name.endsWith('.assets.json')).map((name) => json(join(folder, name)));
  const [path] = manifests.flatMap((one) => {
    const files = isRecord(one) && isRecord(one.files) ? one.files : {};
    const source = isRecord(files[hash]) ? files[hash].source : undefined;
    return isRecord(source) && typeof source.path === 'string' ? [source.path] : [];
  });
  return path === undefined ? undefined : join(folder, path);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refused(`It cannot be read: ${(error as Error).message.replace(/[.]$/, '')}. See that it is a file, and that you may read it`, file);
  }
}

/** The stack that a template is of, as the manifest beside it says: undefined if it is in no assembly. */
function stackOf(template: string, manifests: Map<string, unknown>): Stack | undefined {
  const folder = dirname(template), file = join(folder, 'manifest.json');
  if (!manifests.has(file)) manifests.set(file, json(file));
  const manifest = manifests.get(file);
  const artifacts = isRecord(manifest) && isRecord(manifest.artifacts) ? Object.entries(manifest.artifacts) : [];
  const [id, stack] = artifacts.find(([, one]) => (
    isRecord(one) && isRecord(one.properties) && one.properties.templateFile === basename(template)
  )) ?? [];
  if (id === undefined || !isRecord(stack) || !isRecord(stack.properties)) return undefined;
  const { additionalMetadataFile: more, metadata, environment, properties: { stackName } } = stack;
  return {
    metadata: typeof more === 'string' ? json(join(folder, more)) : metadata,
    stackName: typeof stackName === 'string' ? stackName : id,
    place: `${realpathSync(folder)} ${String(environment)}`,
    account: /^aws:\/\/(\d{12})\//.exec(String(environment))?.[1],
  };
}

/** Undefined if the file is not there, or no JSON: other tools have a manifest.json as well, which says nothing of templates. */
function json(file: string): unknown {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
