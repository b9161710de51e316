/**
 * Texts that are joined of others and of references, as texts in which references are substituted: the same to CloudFormation
 * and half as long. A text with a dollar sign stays as it is, since a substitution would read it.
 */
export function shortJoins<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shortJoins) as T;
  const entries = Object.entries(value).map(([key, part]: [string, unknown]): [string, unknown] => [key, shortJoins(part)]);
  const [[name, argument] = ['', undefined], ...others] = entries;
  const substitution = name === 'Fn::Join' && others.length === 0 ? substitutionFor(argument) : undefined;
  return (substitution === undefined ? Object.fromEntries(entries) : { 'Fn::Sub': substitution }) as T;
}

function substitutionFor(argument: unknown): string | undefined {
  const [delimiter, parts] = argument as [unknown, unknown];
  if (delimiter !== '' || !Array.isArray(parts)) return undefined;
  const texts = parts.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join('');
}

function textOf(part: unknown): string | undefined {
  if (typeof part === 'string') return part.includes('$') ? undefined : part;
  const [[name, argument] = [undefined, undefined], ...others] = Object.entries(part as Record<string, unknown>);
  if (others.length > 0) return undefined;
  if (name === 'Ref') return `\${${argument as string}}`;
  return name === 'Fn::GetAtt' && Array.isArray(argument) ? `\${${argument.join('.')}}` : undefined;
}
