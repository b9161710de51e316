import { isAlias, isMap, isPair, isScalar, isSeq, parseDocument } from 'yaml';

/** Tags that are short for functions by other names: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const SHORT: Record<string, string> = { '!Ref': 'Ref', '!Condition': 'Condition' };

/** What is a boolean in YAML 1.1, which CloudFormation reads, and not in 1.2. */
const BOOLEAN = /^(yes|no|on|off)$/i;

/**
 * What a template says in YAML, with short forms of functions (`!Ref`) written out. JSON is read the same way.
 *
 * @throws Error if it is no YAML, or has something that CloudFormation does not take
 */
export function parseTemplate(text: string): unknown {
  // JSON is YAML as well, and read a hundred times faster as what it is.
  if (/^\s*\{/.test(text)) return JSON.parse(text) as unknown;
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) throw document.errors[0];
  return plain(document.contents);
}

function plain(node: unknown): unknown {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html (2026-11-30)
  if (isAlias(node)) throw new Error(`*${node.source} is an alias, which CloudFormation does not take`);
  if (isScalar(node)) return written(node.tag, node.type === 'PLAIN' && BOOLEAN.test(node.source ?? '') ? /^(yes|on)$/i.test(node.source!) : node.value);
  if (isSeq(node)) return written(node.tag, node.items.map(plain));
  if (!isMap(node)) return undefined;
  const entries = node.items.filter(isPair).map((pair): [string, unknown] => [keyOf(pair.key), plain(pair.value)]);
  return written(node.tag, Object.fromEntries(entries));
}

/** As it is written: an account in a mapping keeps its zeros. */
function keyOf(node: unknown): string {
  return isScalar(node) ? node.source ?? String(node.value) : String(plain(node));
}

function written(tag: string | undefined, value: unknown): unknown {
  if (tag === undefined || !tag.startsWith('!')) return value;
  return { [SHORT[tag] ?? `Fn::${tag.slice(1)}`]: value };
}
