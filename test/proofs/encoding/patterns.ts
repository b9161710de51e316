import { and, exactly, isIn, joined, literal, same, sequence, Term, TRUE } from './terms';

/** What a policy variable, such as `aws:username`, stands for: in a request without it, a pattern with it matches nothing. */
export type Variable = (name: string) => { readonly present: Term; readonly value: Term };

const ONE = 're.allchar';
const ANY = 're.all';
/** Within one of the first five parts of an ARN: IAM's wildcards do not match across colons. */
const ONE_OF_PART = '(re.diff re.allchar (str.to_re ":"))';
const ANY_OF_PART = `(re.* ${ONE_OF_PART})`;

/** A part of a pattern. */
export type Piece = { readonly text: string } | { readonly wildcard: '*' | '?' } | { readonly variable: string };

/** A pattern, part by part. */
export function piecesOf(pattern: string): Piece[] {
  return pattern.split(/(\$\{[^}]*\}|\*|\?)/).filter((part) => part !== '').map((part): Piece => {
    if (part === '*' || part === '?') return { wildcard: part };
    if (/^\$\{[*?$]\}$/.test(part)) return { text: part[2] };
    if (!part.startsWith('${')) return { text: part };
    if (part.includes(',')) throw new Error(`The default value of a policy variable is not encoded: ${pattern}`);
    return { variable: part.slice(2, -1) };
  });
}

/** Whether a text is what a policy writes: without wildcards. */
export function equals(text: Term, value: string, variable: Variable): Term {
  const pieces = piecesOf(value).map((piece): Piece => ('wildcard' in piece ? { text: piece.wildcard } : piece));
  return isText(text, pieces, variable);
}

/** Whether a text matches a pattern with wildcards, which match everything. */
export function matches(text: Term, pattern: string, variable: Variable): Term {
  return pattern === '*' ? TRUE : matching(text, piecesOf(pattern), variable, () => true);
}

/** Whether an ARN matches a pattern, part by part. */
export function matchesArn(text: Term, pattern: string, variable: Variable): Term {
  if (pattern === '*') return TRUE;
  return matching(text, piecesOf(pattern), variable, beyondFifthColon(pattern));
}

/** Whether the parts of a pattern of ARNs, asked in their order, are in its last part, which may have colons. */
export function beyondFifthColon(pattern: string): (piece: Piece) => boolean {
  if (pattern.split(':').length < 6) throw new Error(`Not a pattern of ARNs: ${pattern}`);
  let colons = 0;
  return (piece) => {
    if ('text' in piece) colons += piece.text.split(':').length - 1;
    return colons >= 5;
  };
}

function matching(text: Term, pieces: Piece[], variable: Variable, crossesColons: (piece: Piece) => boolean): Term {
  const wild = pieces.some((piece) => 'wildcard' in piece);
  if (!wild) return isText(text, pieces, variable);
  const languages = pieces.map((piece) => {
    if ('variable' in piece) return `(str.to_re ${variable(piece.variable).value})`;
    const free = crossesColons(piece);
    if ('text' in piece) return exactly(piece.text);
    const star = piece.wildcard === '*';
    if (free) return star ? ANY : ONE;
    return star ? ANY_OF_PART : ONE_OF_PART;
  });
  const known = pieces.flatMap((piece) => ('variable' in piece ? [variable(piece.variable).present] : []));
  return and(...known, isIn(text, sequence(...languages)));
}

function isText(text: Term, pieces: Piece[], variable: Variable): Term {
  const parts = pieces.map((piece) => ('variable' in piece ? variable(piece.variable) : { present: TRUE, value: literal((piece as { text: string }).text) }));
  return and(...parts.map(({ present }) => present), same(text, joined(...parts.map(({ value }) => value))));
}

/** Whether a comparison holds of a text that is known, with a pattern that has no variables. */
export function isHeld(text: string, comparison: 'equals' | 'matches' | 'matchesArn', pattern: string): boolean {
  const beyond = comparison === 'matchesArn' && pattern !== '*' ? beyondFifthColon(pattern) : () => true;
  const parts = piecesOf(pattern).map((piece) => {
    const one = beyond(piece) ? '[^]' : '[^:]';
    if ('variable' in piece) throw new Error(`${pattern} has a variable`);
    if ('text' in piece || comparison === 'equals') return ('text' in piece ? piece.text : piece.wildcard).replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    return piece.wildcard === '*' ? `${one}*` : one;
  });
  return new RegExp(`^${parts.join('')}$`).test(text);
}
