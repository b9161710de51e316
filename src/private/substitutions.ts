/**
 * The same value with `Fn::Sub` where the CDK has written `Fn::Join` of texts and references, or asks for an ARN: it reads better, and
 * takes a good part less of the size that CloudFormation allows inline. Texts with a dollar sign stay as they are: `Fn::Sub` could
 * take what follows for a reference.
 */
export function withSubstitutions(value: unknown): unknown {
  return substituted(value, arnOf);
}

/** The same, but for attributes that stand by themselves. */
export function withTexts(value: unknown): unknown {
  return substituted(value, () => undefined);
}

type Attribute = (value: Record<string, unknown>) => string | undefined;

function substituted(value: unknown, attribute: Attribute): unknown {
  if (Array.isArray(value)) return value.map((part) => substituted(part, attribute));
  if (typeof value !== 'object' || value === null) return value;
  const text = substitutionOf(value as Record<string, unknown>, attribute);
  if (text !== undefined) return { 'Fn::Sub': text };
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, substituted(inner, attribute)]));
}

function substitutionOf({ 'Fn::Join': join, ...rest }: Record<string, unknown>, attribute: Attribute): string | undefined {
  if (join === undefined) return attribute(rest);
  if (!Array.isArray(join) || Object.keys(rest).length > 0) return undefined;
  const [delimiter, parts] = join as [unknown, unknown];
  if (delimiter !== '' || !Array.isArray(parts) || parts.every((part) => typeof part === 'string')) return undefined;
  const texts = parts.map(textOf);
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** Another attribute may be a list, which is no text. */
function arnOf({ 'Fn::GetAtt': attribute }: Record<string, unknown>): string | undefined {
  return Array.isArray(attribute) && attribute.length === 2 && attribute[1] === 'Arn' ? textOf({ 'Fn::GetAtt': attribute }) : undefined;
}

/** A part as `Fn::Sub` writes it; nothing where it knows no way to. */
function textOf(part: unknown): string | undefined {
  if (typeof part === 'string') return part.includes('$') ? undefined : part;
  const { Ref, 'Fn::GetAtt': attribute } = part as Record<string, unknown>;
  if (typeof Ref === 'string') return `\${${Ref}}`;
  return Array.isArray(attribute) && attribute.every((step) => typeof step === 'string') ? `\${${attribute.join('.')}}` : undefined;
}
