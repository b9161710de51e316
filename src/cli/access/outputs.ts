import { Cell, Matrix } from './matrix';
import { PLACES } from './places';
import { NOTHING } from './weigh';

/** A table, with references to what is listed after it. */
interface Table {
  readonly title: string;
  readonly head: string[];
  readonly rows: string[][];
}

/** What is printed, before it is Markdown or HTML. */
interface Page {
  readonly title: string;
  readonly paragraphs: string[];
  readonly tables: Table[];
  /** What the numbers in the tables mean. */
  readonly notes: string[];
}

const LEGEND = [
  '**yes**: allowed. **if**: allowed only with particulars of the request, named at the number. **no**: denied by the statement at the number; without a number, nothing allows it.'
    + ' **?**: not known, for the reason at the number. Service control policies, and what was given to the environment from outside, are in no template.',
];

function pagesOf({ environments, cells }: Matrix): Page[] {
  return environments.map(({ name, missing }) => {
    const notes: string[] = [], own = cells.filter(({ environment }) => environment === name);
    const numberOf = (note: string) => (notes.includes(note) ? notes.indexOf(note) : notes.push(note) - 1) + 1;
    const people = [...new Set(own.map(({ who }) => who))];
    const tables = PLACES.map(({ title, explanation }) => {
      const here = own.filter(({ place }) => place === title);
      const rows = [...new Set(here.map(({ what }) => what))].map((what) => {
        const row = here.filter((cell) => cell.what === what);
        return [row[0].asset, what, ...people.map((who) => textOf(row.find((cell) => cell.who === who)!, numberOf))];
      });
      return { title: `${title}: ${explanation}`, head: ['asset', 'to', ...people], rows };
    });
    return {
      title: `Who can do what in the environment ${name}`,
      paragraphs: [...LEGEND, ...(missing.length > 0 ? [`The environment has no role for: ${missing.join(', ')}.`] : [])],
      tables,
      notes,
    };
  });
}

function textOf({ answer, statements, keys, reason }: Cell, numberOf: (note: string) => number): string {
  const note = answer === 'if' ? `${statements.join('; ')} (depends on ${keys!.join(', ')})` : statements.length > 0 ? statements.slice(0, 2).join('; ') : reason!;
  const isPlain = answer === 'no' && note === NOTHING;
  return isPlain ? 'no' : `${answer === 'unknown' ? '?' : answer} [${numberOf(note)}]`;
}

export function markdownOf(matrix: Matrix): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return pagesOf(matrix).map(({ title, paragraphs, tables, notes }) => [
    `# ${title}`,
    ...paragraphs,
    ...tables.flatMap(({ title: heading, head, rows }) => [`## ${heading}`, [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')]),
    '## What decides',
    notes.map((note, index) => `${index + 1}. ${note}`).join('\n'),
  ].join('\n\n')).join('\n\n') + '\n';
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const STYLE = 'body{font:11px sans-serif;margin:1em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:2px 4px;text-align:left}'
  + '.yes{background:#d3f0d3}.if{background:#fdf0c4}.unknown{background:#ddd}@page{size:A4 landscape;margin:1cm}';
const CLASSES: Record<string, string> = { 'yes': 'yes', 'if': 'if', '?': 'unknown' };

/** One file, without anything from elsewhere. */
export function htmlOf(matrix: Matrix): string {
  const pages = pagesOf(matrix).map(({ title, paragraphs, tables, notes }) => [
    `<h1>${escaped(title)}</h1>`,
    ...paragraphs.map((text) => `<p>${escaped(text).replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')}</p>`),
    ...tables.flatMap(({ title: heading, head, rows }) => [
      `<h2>${escaped(heading)}</h2>`,
      '<table>',
      `<tr>${head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr>`,
      ...rows.map(([asset, what, ...cells]) => `<tr><td>${escaped(asset)}</td><th scope="row">${escaped(what)}</th>${cells.map((cell) =>
        `<td class="${CLASSES[cell.split(' ')[0]] ?? 'no'}">${escaped(cell)}</td>`).join('')}</tr>`),
      '</table>',
    ]),
    '<h2>What decides</h2>',
    `<ol>${notes.map((note) => `<li>${escaped(note)}</li>`).join('')}</ol>`,
  ].join('\n'));
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Who can do what</title><style>${STYLE}</style></head>\n<body>\n${pages.join('\n')}\n</body>\n</html>\n`;
}
