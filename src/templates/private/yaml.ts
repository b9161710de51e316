/** Words that YAML 1.1 reads as something else than text. */
const OTHER_THAN_TEXT = /^(y|n|yes|no|on|off|true|false|null)$/i;
/** Characters that JSON takes as they are and YAML does not, or reads as the end of a line. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff]/g;
const PLAIN = /^[A-Za-z][A-Za-z0-9]*(::[A-Za-z0-9]+)*$/;

/**
 * A template as YAML. Its values are those of JSON, and a text in quotation marks of JSON is one of YAML as well, so
 * nothing is ever read as a date, a number or a tag.
 */
export function toYaml(template: object): string {
  return `${block(template, '')}\n`;
}

function block(value: object, indent: string): string {
  if (Array.isArray(value)) return value.map((part) => `${indent}-${after(part, `${indent}  `, true)}`).join('\n');
  return Object.entries(value).map(([key, part]) => `${indent}${text(key)}:${after(part, `${indent}  `, false)}`).join('\n');
}

/** A value behind its key or dash. The first line of a block in a list stands right behind the dash. */
function after(value: unknown, indent: string, behindDash: boolean): string {
  if (typeof value === 'string') return ` ${text(value)}`;
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return ` ${JSON.stringify(value)}`;
  const lines = block(value, indent);
  return behindDash ? ` ${lines.slice(indent.length)}` : `\n${lines}`;
}

function text(value: string): string {
  if (PLAIN.test(value) && !OTHER_THAN_TEXT.test(value)) return value;
  return JSON.stringify(value).replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
