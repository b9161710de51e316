import { annotations, messages, otherErrors } from './messages';

/** A rule begins as it goes on after "must". */
const BEGINS = /^(not )?(be|have|name|begin|end|stay|leave|include|fit|agree|differ|take|trust|make|copy|move|each|add|hold|match|come|contain)\b|^(1–|‹)/;
/** What tells people what to write instead: figures, an example, a choice, or a value of theirs. */
const SAYS_WHAT_TO_GIVE = /\d|such as|like |one of|at least|at most|not be given|be negative|or for none|‹|be empty|given together|letters/;
const all = messages();
const broken = (holds: (message: (typeof all)[number]) => boolean) => all.filter((one) => !holds(one)).map(({ at, property, rule, remedy }) => `${at}: ${property} must ${rule}. ${remedy}`);

test('all messages of the library are seen', () => {
  expect(all.length).toBeGreaterThan(200);
});

describe('whoever gives bad input', () => {
  test('is told by a ValidationError, which knows the construct, the property and the value', () => {
    expect(otherErrors()).toEqual([]);
  });

  test('reads a sentence that goes on after "must"', () => {
    expect(broken(({ property, rule }) => property !== '' && BEGINS.test(rule))).toEqual([]);
  });

  test('reads no regular expression', () => {
    expect(broken(({ rule, remedy }) => !/[[(]\^|\\[dws]|\[a-z|\[A-Z|\{\d+,/.test(`${rule} ${remedy}`))).toEqual([]);
  });

  test('is told what to do: in the rule itself, or in a sentence of its own', () => {
    expect(broken(({ rule, remedy }) => remedy !== '' || SAYS_WHAT_TO_GIVE.test(rule))).toEqual([]);
  });

  test('reads a remedy that is a sentence, whose period is not its own to write', () => {
    expect(broken(({ rule, remedy }) => !rule.endsWith('.') && (remedy === '' || (/^[A-Z‹](?!r\b)/.test(remedy) && !/^Such as\b|[.]$/.test(remedy))))).toEqual([]);
  });
});

test('annotations are sentences', () => {
  expect(annotations().filter((text) => !/^[A-Z‹a-z][^]*([.]|›)$/.test(text))).toEqual([]);
});
