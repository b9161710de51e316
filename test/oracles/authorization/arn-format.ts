/** Of a pattern: a character as it stands, exactly one of any kind, or any number of them. */
type Piece = string | typeof ONE | typeof ANY;
const ONE: unique symbol = Symbol('?');
const ANY: unique symbol = Symbol('*');

/** A variable of a format or of a policy stands for at least one character. */
const VARIABLE: Piece[] = [ONE, ANY];

/** The pieces of an ARN format, such as `arn:${Partition}:kms:${Region}:${Account}:key/${KeyId}`, or of a policy's pattern, as IAM reads it. */
function piecesOf(text: string): Piece[] {
  return text.split(/(\$\{[^}]*\}|\*|\?)/).filter(Boolean).flatMap((part): Piece[] => {
    if (/^\$\{[*?$]\}$/.test(part)) return [part[2]];
    if (part.startsWith('${')) return VARIABLE;
    if (part === '*') return [ANY];
    if (part === '?') return [ONE];
    return [...part];
  });
}

/** Whether there is a text that both describe. */
function meet(one: Piece[], other: Piece[]): boolean {
  // Row by row: whether the first i pieces of one and the first j of the other describe a common text.
  let before: boolean[] = [];
  for (let i = 0; i <= one.length; i++) {
    const row: boolean[] = [];
    for (let j = 0; j <= other.length; j++) {
      const a = one[i - 1], b = other[j - 1];
      const same = i > 0 && j > 0 && before[j - 1] && (typeof a === 'symbol' || typeof b === 'symbol' || a === b);
      const further = (i > 0 && a === ANY && before[j]) || (j > 0 && b === ANY && row[j - 1]);
      const within = (i > 0 && j > 0) && ((b === ANY && before[j]) || (a === ANY && row[j - 1]));
      row.push((i === 0 && j === 0) || same || further || within);
    }
    before = row;
  }
  return before[other.length];
}

const PARTS = 6;

/** The six parts of an ARN; what comes after the fifth colon is one. */
function partsOf(arn: string): string[] {
  const parts = arn.replace(/\$\{[^}]*\}/g, (variable) => variable.replace(/:/g, '\u0000')).split(':');
  return [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(':')].map((part) => part.replace(/\u0000/g, ':'));
}

const known = new Map<string, boolean>();

/**
 * Whether a pattern of a policy can match an ARN of a format of the service authorization reference: account and region present where the
 * format has them, and absent where it has not.
 */
export function matchesFormat(pattern: string, format: string): boolean {
  const question = `${pattern} ${format}`;
  const answer = known.get(question) ?? compare(pattern, format);
  known.set(question, answer);
  return answer;
}

function compare(pattern: string, format: string): boolean {
  if (pattern === '*') return true;
  // A wildcard may stand for several parts of an ARN.
  if (partsOf(pattern).length < PARTS || pattern.split(':').slice(0, PARTS - 1).some((part) => part.startsWith('*') && part.length > 1)) {
    return meet(piecesOf(pattern), piecesOf(format));
  }
  const [ours, theirs] = [partsOf(pattern), partsOf(format)];
  if (theirs[PARTS - 1] === '${BucketName}' && ours[PARTS - 1].includes('/')) return false; // other names may have slashes, buckets' have none
  return ours.every((part, index) => part === theirs[index] || meet(piecesOf(part), piecesOf(theirs[index])));
}
