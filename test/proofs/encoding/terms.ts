/** A term of SMT-LIB, as text. */
export type Term = string;

export const TRUE: Term = 'true';
export const FALSE: Term = 'false';

export function and(...terms: Term[]): Term {
  const open = terms.filter((term) => term !== TRUE);
  if (open.includes(FALSE)) return FALSE;
  return open.length > 1 ? `(and ${open.join(' ')})` : open[0] ?? TRUE;
}

export function or(...terms: Term[]): Term {
  const open = terms.filter((term) => term !== FALSE);
  if (open.includes(TRUE)) return TRUE;
  return open.length > 1 ? `(or ${open.join(' ')})` : open[0] ?? FALSE;
}

export function not(term: Term): Term {
  if (term === TRUE) return FALSE;
  return term === FALSE ? TRUE : `(not ${term})`;
}

export const implies = (premise: Term, conclusion: Term): Term => or(not(premise), conclusion);
export const same = (one: Term, other: Term): Term => `(= ${one} ${other})`;

/** A text as SMT-LIB writes it: quotes twice, and what could begin an escape as an escape. */
export function literal(text: string): Term {
  const escaped = [...text].map((character) => (/[ -~]/.test(character) && character !== '\\' ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`));
  return `"${escaped.join('').replace(/"/g, '""')}"`;
}

/** Texts joined, some of them known. */
export const joined = (...parts: Term[]): Term => (parts.length > 1 ? `(str.++ ${parts.join(' ')})` : parts[0] ?? literal(''));
export const isIn = (text: Term, language: Term): Term => `(str.in_re ${text} ${language})`;
export const sequence = (...languages: Term[]): Term => (languages.length > 1 ? `(re.++ ${languages.join(' ')})` : languages[0]);
export const exactly = (text: string): Term => `(str.to_re ${literal(text)})`;
