import { Documented, isStruct, publicTypes } from './public-api';
import { beyondRemaining } from './remaining';

const TYPES = publicTypes();
const MEMBERS = TYPES.flatMap(({ members }) => members);
const PROPERTIES = TYPES.filter(isStruct).flatMap(({ members }) => members);
const DOCUMENTED: Documented[] = [...TYPES, ...MEMBERS].filter(({ name }) => !name.endsWith('.constructor'));
const NUMBERS = PROPERTIES.filter(({ type }) => type?.getText() === 'number');

describe('summaries', () => {
  test('stand at every type and member', () => {
    expect(DOCUMENTED.filter(({ summary }) => summary === '').map(({ name }) => name)).toEqual([]);
  });

  test('say what something is, and do not begin with a question', () => {
    const QUESTION = /^(What|Who|Whose|Where|When|Which|Why|How|Whether)\b/;
    expect(beyondRemaining('questionSummaries', DOCUMENTED.filter(({ summary }) => QUESTION.test(summary)))).toEqual([]);
  });

  test('are one sentence: what follows is a paragraph by itself', () => {
    const SECOND = /[.!?]\s+[A-Z`]/;
    expect(DOCUMENTED.filter(({ comment }) => SECOND.test(comment.split(/(?:\r?\n){2}/)[0])).map(({ name }) => name)).toEqual([]);
  });

  test('are whole sentences: jsii cuts them at a semicolon', () => {
    expect(beyondRemaining('cutSummaries', DOCUMENTED.filter(({ summary }) => summary.includes(';') || !summary.endsWith('.')))).toEqual([]);
  });
});

describe('defaults', () => {
  const DEFAULTS = [...PROPERTIES, ...MEMBERS].flatMap(({ name, tags }) => (tags.has('default') ? [[name, tags.get('default')!] as const] : []));

  test('are a value, or a dash and what happens', () => {
    const VALUE = /^([\w.]+(\([^)]*\))?|'[^']*'|\[[^\]]*\])$/;
    expect(DEFAULTS.filter(([, text]) => !text.startsWith('- ') && !VALUE.test(text)).map(([name, text]) => `${name}: ${text}`)).toEqual([]);
  });
});

describe('properties', () => {
  test('say what happens without them', () => {
    expect(PROPERTIES.filter(({ isOptional, tags }) => isOptional && !tags.get('default')).map(({ name }) => name)).toEqual([]);
  });

  test('that are booleans name what they switch: no verb in the third person', () => {
    const VERB = /\.(?!has[A-Z])[a-z]*[^s]s(?=[A-Z]|$)/;
    expect(beyondRemaining('verbBooleans', PROPERTIES.filter(({ name, type }) => type?.getText() === 'boolean' && VERB.test(name)))).toEqual([]);
  });

  test('that are times or sizes are a Duration or a Size, not a number', () => {
    const MEASURED = /(seconds|minutes|hours|days|interval|timeout|volumeSize|bytes|[KMGT]iB)/i;
    expect(beyondRemaining('plainNumbers', NUMBERS.filter(({ name }) => MEASURED.test(name)))).toEqual([]);
  });

  test('that are numbers say what they may be', () => {
    const RANGE = /\d|at (least|most) |any number/;
    expect(beyondRemaining('boundlessNumbers', NUMBERS.filter(({ comment }) => !RANGE.test(comment)))).toEqual([]);
  });
});
