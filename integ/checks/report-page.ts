import { deepStrictEqual, ok } from 'assert';
import { createHash } from 'crypto';
import { readFileSync } from 'fs';
import { join } from 'path';

const ORACLE = join(__dirname, '..', '..', 'test', 'oracles', 'model-card');
/** What a colour is read on, and how much it must stand out: text 4.5 times, marks of figures 3 times. @see https://www.w3.org/TR/WCAG22/#contrast-minimum */
const READ_ON: [string, string[], number][] = [
  ['ink', ['page', 'surface', 'good-surface', 'bad-surface'], 7],
  ['quiet', ['page', 'surface'], 4.5],
  ['good', ['good-surface', 'surface'], 4.5],
  ['bad', ['bad-surface', 'surface'], 4.5],
  ['on', ['s1', 's2'], 4.5],
  ['s1', ['page', 'surface'], 4.5], // links as well
  ...['s2', 's3', 's4', 's5'].map((series): [string, string[], number] => [series, ['surface'], 3]),
];

/** What must be true of the report of an evaluation without a browser; the README of `integ` says how to look at it in one. */
export function checkReport(folder: string, compared: boolean): string {
  const page = readFileSync(join(folder, 'report.html'), 'utf8'), said = checkPage(page);
  isOfSageMaker(JSON.parse(readFileSync(join(folder, 'evaluation.json'), 'utf8')) as Record<string, Record<string, unknown>>);
  ok(page.includes('Metrics of this version and of ') === compared, `the page ${compared ? 'compares with no version' : 'compares with a version that nobody has given'}`);
  return said;
}

/** What must be true of every page of the library's. */
export function checkPage(page: string): string {
  ok(page.length < 1_000_000, `report.html has ${page.length} characters`);
  loadsNothing(page);
  const figures = hasWords(page);
  isReadable(page);
  return `${figures} figures, ${Math.round(page.length / 1024)} KB`;
}

/** Python that holds a model card against the schema that AWS has published for cards of versions. */
export function cardCheck(folder: string): string[] {
  const files = [join(folder, 'model-card.json'), join(ORACLE, 'schema.json')].map((file) => JSON.stringify(file)).join(', ');
  return ['-c', `import json, jsonschema; jsonschema.validate(*(json.load(open(file, encoding="utf-8")) for file in (${files})))`];
}

function loadsNothing(page: string): void {
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  ok(style, 'the page has no style');
  const digest = createHash('sha256').update(style).digest('base64');
  ok(page.includes(`content="default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'"`), 'the page\'s policy is not that of its own style');
  deepStrictEqual(page.match(/https?:|\/\/\w|<script|<link|<img|<iframe|@import|url\(|\sstyle="|\son[a-z]+="/g), null);
}

function hasWords(page: string): number {
  const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
  deepStrictEqual(ids.filter((id, at) => ids.indexOf(id) !== at), [], 'ids that stand twice');
  const drawings = [...page.matchAll(/<svg ([^>]*)>/g)].map(([, attributes]) => attributes);
  for (const attributes of drawings.filter((one) => !one.includes('aria-hidden="true"'))) {
    const named = [...attributes.matchAll(/aria-(?:labelledby|describedby)="([^"]+)"/g)].map(([, id]) => id);
    ok(attributes.includes('role="img"') && named.length === 2 && named.every((id) => ids.includes(id)), `a figure without words: ${attributes}`);
  }
  for (const [table] of page.matchAll(/<table>[\s\S]*?<\/table>/g)) {
    ok(/<caption id/.test(table) && /<th scope="col"/.test(table) && /<th scope="row">/.test(table), `a table without words: ${table.slice(0, 200)}`);
  }
  ok(/<html lang="en">/.test(page) && page.includes('<a class="skip" href="#main">') && page.includes('<main id="main" tabindex="-1">'), 'there is no way past the head of the page');
  return drawings.filter((one) => one.includes('role="img"')).length;
}

function isReadable(page: string): void {
  const coloursIn = (said: string) => Object.fromEntries([...said.matchAll(/--([\w-]+):(#[0-9a-f]{6})/g)].map(([, name, colour]) => [name, colour]));
  const palettes = [...page.matchAll(/:root\{([^}]*)\}/g)].map(([, said]) => coloursIn(said));
  deepStrictEqual(palettes.length, 2, 'by light and in the dark');
  for (const palette of palettes) {
    for (const [colour, grounds, least] of READ_ON) {
      for (const ground of grounds) {
        const contrast = contrastOf(palette[colour], palette[ground]);
        ok(contrast >= least, `${colour} ${palette[colour]} on ${ground} ${palette[ground]} has a contrast of ${contrast.toFixed(2)}, less than ${least}`);
      }
    }
  }
}

function contrastOf(one: string, other: string): number {
  const [dark, light] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminanceOf(colour: string): number {
  const parts = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

interface Oracle { metrics: Record<string, string[]>; curves: Record<string, string[]> }

/** By the names and shapes of SageMaker's own example; what is ours besides has the shape of a metric too. */
function isOfSageMaker(said: Record<string, Record<string, unknown>>): void {
  const { metrics, curves } = JSON.parse(readFileSync(join(ORACLE, 'quality.json'), 'utf8')) as Oracle;
  const [[kind, content]] = Object.entries(said);
  const missing = metrics[kind].filter((name) => !(name in content) && !name.endsWith('_best_constant_classifier'));
  deepStrictEqual(missing, [], `metrics of SageMaker's example that ${kind} lacks`);
  for (const [name, value] of Object.entries(content)) {
    if (name === 'confusion_matrix') {
      const rows = Object.entries(value as Record<string, Record<string, number>>);
      for (const [, row] of rows) deepStrictEqual(Object.keys(row), rows.map(([label]) => label));
    } else if (name in curves) {
      deepStrictEqual(Object.keys(value as object).sort(), [...curves[name]].sort());
    } else {
      const { value: number, standard_deviation: deviation } = value as Record<string, unknown>;
      ok(typeof number === 'number' && (typeof deviation === 'number' || deviation === 'NaN'), `${kind}.${name} is ${JSON.stringify(value)}`);
    }
  }
}
