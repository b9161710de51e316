/**
 * Filter patterns of CloudWatch Logs over events of JSON, as far as our own use them. What the page leaves open (a selector that
 * leads to a list or to an object, a wildcard inside of a text) is an error and not a guess.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntaxForMetricFilters.html
 */
export function matches(pattern: string, event: unknown): boolean {
  const body = /^\{(.*)\}$/s.exec(pattern.trim());
  if (body === null) throw new Error(`No pattern of JSON: ${pattern}`);
  return new Reader(body[1], event).read();
}

const TOKEN = /\s*(\(|\)|&&|\|\||!=|=|NOT EXISTS|EXISTS|"[^"]*"|\$(?:\.[\w-]+|\[\d+\])+|[^\s()=!"&|]+)/y;

class Reader {
  private readonly tokens: string[];

  constructor(text: string, private readonly event: unknown) {
    this.tokens = [...tokensOf(text.trimEnd())];
  }

  public read(): boolean {
    const answer = this.anyOf();
    if (this.tokens.length > 0) throw new Error(`Not understood: ${this.tokens.join(' ')}`);
    return answer;
  }

  /** && binds more closely than ||. */
  private anyOf(): boolean {
    let answer = this.allOf();
    while (this.takes('||')) answer = this.allOf() || answer;
    return answer;
  }

  private allOf(): boolean {
    let answer = this.one();
    while (this.takes('&&')) answer = this.one() && answer;
    return answer;
  }

  private one(): boolean {
    if (!this.takes('(')) return this.comparison();
    const answer = this.anyOf();
    if (!this.takes(')')) throw new Error('A parenthesis is not closed');
    return answer;
  }

  private comparison(): boolean {
    const selector = this.tokens.shift()!, operator = this.tokens.shift();
    const value = valueAt(selector, this.event);
    if (operator === 'NOT EXISTS') return value === undefined;
    const text = this.tokens.shift()!.replace(/^"|"$/g, '');
    if (operator !== '=' && operator !== '!=') throw new Error(`Not understood: ${selector} ${operator}`);
    if (value === undefined) return false; // what is missing is neither like a text nor unlike it
    return isLike(String(value), text) === (operator === '=');
  }

  private takes(token: string): boolean {
    const isNext = this.tokens[0] === token;
    if (isNext) this.tokens.shift();
    return isNext;
  }
}

function* tokensOf(text: string): Generator<string> {
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length;) {
    const start = TOKEN.lastIndex, found = TOKEN.exec(text);
    if (found === null) throw new Error(`Not understood: ${text.slice(start)}`);
    yield found[1];
  }
}

function valueAt(selector: string, event: unknown): unknown {
  const steps = selector.slice(1).match(/[\w-]+/g) ?? [];
  const value = steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | null | undefined)?.[step], event);
  if (typeof value === 'object' && value !== null) throw new Error(`${selector} must lead to a value, not to a list or an object`);
  return value;
}

/** An asterisk stands for any text before or after the rest. */
function isLike(value: string, text: string): boolean {
  const inner = text.replace(/^\*|\*$/g, '');
  if (inner.includes('*')) throw new Error(`A wildcard is taken as such only at an end: ${text}`);
  const [before, after] = [text.startsWith('*'), text.length > 1 && text.endsWith('*')];
  if (before && after) return value.includes(inner);
  return before ? value.endsWith(inner) : after ? value.startsWith(inner) : value === inner;
}
