import { introductionOf, leftOutOf, rolesOf } from './legend';
import { Matrix } from './matrix';
import { Column, Page, pagesOf } from './page';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
/** Text with what Markdown makes bold or code. */
const formatted = (text: string) => escaped(text).replace(/\\\*/g, '&#42;').replace(/\*\*(.+?)\*\*/g, '<b>$1</b>').replace(/`(.+?)`/g, '<code>$1</code>');

const STYLE = [
  'body{font:11px/1.3 sans-serif;margin:1em}h1{font-size:16px}h2{font-size:12px;margin:.8em 0 .3em}p{margin:.4em 0}code{font-size:90%;overflow-wrap:anywhere}ol{margin:0;padding-left:2.2em}',
  'table{border-collapse:collapse;width:calc(100% - 1px)}th,td{border:1px solid #999;padding:1px 3px;text-align:left;vertical-align:top}thead th{vertical-align:bottom;hyphens:auto}',
  'tbody th{font-weight:normal}col:first-child{width:29%}col:last-child{width:3%}td.yes{background:#d3f0d3}td.if{background:#fdf0c4}td.unknown{background:#ddd}td.no{color:#777}sup{line-height:0}',
  '@page{size:A4 landscape;margin:6mm}',
  // What test/cli/access/printed.ts measures pages by.
  '@media print{body{font-size:7pt;line-height:1.15;margin:0}h1{font-size:10pt;margin:0 0 2pt}h2{font-size:8pt;margin:3pt 0 1pt;break-after:avoid}p{margin:1pt 0}h1~p{display:inline}table{table-layout:fixed}sup{font-size:5.5pt;vertical-align:2pt}th,td{padding:0 2pt;overflow-wrap:anywhere}',
  'thead tr:first-child th:not(:first-child){overflow-wrap:normal;hyphens:manual}thead tr+tr th:not(:first-child){writing-mode:vertical-rl;transform:rotate(180deg);height:58pt;text-align:left}.columns{columns:3;column-gap:8pt;overflow-wrap:anywhere}ol{padding-left:1.9em}',
  'section+section{break-before:page}tr{break-inside:avoid}td{-webkit-print-color-adjust:exact;print-color-adjust:exact}}',
].join('');

/** One file, without anything from elsewhere: to look at, where each cell says more under the pointer, and to print. */
export function htmlOf(matrix: Matrix): string {
  const pages = pagesOf(matrix).map((page) => [
    '<section>',
    `<h1>Who can do what in the environment ${escaped(page.environment.name)}</h1>`,
    ...introductionOf(page, matrix).map((text) => `<p>${formatted(text)}</p>`),
    ...(matrix.simulator === undefined ? listOf(page) : tableOf(page)),
    '<div class="columns">',
    ...(matrix.simulator === undefined ? [] : notesOf(page)),
    '<h2>Roles</h2>',
    `<p>${rolesOf(page).map(formatted).join('. ')}.</p>`,
    ...leftOutOf(page).map((text) => `<p>${formatted(text)}</p>`),
    '</div>',
    '</section>',
  ].join('\n'));
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Who can do what</title><style>${STYLE}</style></head>\n<body>\n${pages.join('\n')}\n</body>\n</html>\n`;
}

function listOf({ rows }: Page): string[] {
  return ['<ul>', ...rows.map(({ deed, actions, assets }) => `<li>${escaped(assets)}: ${escaped(deed)} (${actions.map((action) => `<code>${escaped(action)}</code>`).join(', ')})</li>`), '</ul>'];
}

/** What denies something is long, and often the same: rows name it by letters. */
const denialsOf = ({ rows }: Page) => [...new Set(rows.map(({ denials }) => denials.join('; ')).filter((text) => text !== ''))];
/** As `<ol type="a">` counts: a to z, then aa. */
const letterOf = (index: number): string => (index < 26 ? '' : letterOf(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + index % 26);

function tableOf(page: Page): string[] {
  const { columns, rows } = page, listed = denialsOf(page);
  const deniedBy = (text: string) => (text === '' ? '<td></td>' : `<td title="${escaped(text)}">${letterOf(listed.indexOf(text))}</td>`);
  return [
    '<table>',
    `<colgroup><col>${columns.map(() => '<col>').join('')}<col></colgroup>`,
    '<thead>',
    `<tr><th></th>${groupsOf(columns).map(([group, count]) => `<th scope="colgroup" colspan="${count}">${escaped(group)}</th>`).join('')}<th></th></tr>`,
    `<tr>${['what', ...columns.map(({ titles }) => titles.join(', ')), 'denied by'].map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr>`,
    '</thead>',
    '<tbody>',
    ...rows.map(({ deed, actions, assets, cells, denials }) => [
      `<tr><th scope="row">${escaped(assets)}: ${escaped(deed)} ${actions.map((action) => `<code>${escaped(action)}</code>`).join(' ')}</th>`,
      ...cells.map(({ text, numbers, look, details }) => `<td class="${look}" title="${escaped(details)}">${escaped(text)}${numbers.length > 0 ? ` <sup>${numbers.join(', ')}</sup>` : ''}</td>`),
      `${deniedBy(denials.join('; '))}</tr>`,
    ].join('')),
    '</tbody>',
    '</table>',
  ];
}

function notesOf(page: Page): string[] {
  const listed = denialsOf(page), items = (texts: readonly string[]) => texts.map((text) => `<li>${formatted(text)}</li>`).join('');
  return [
    '<h2>Statements that decide</h2>',
    `<ol>${items(page.notes)}</ol>`,
    ...(listed.length === 0 ? [] : ['<h2>Denied by</h2>', `<ol type="a">${items(listed)}</ol>`]),
  ];
}

function groupsOf(columns: readonly Column[]): [group: string, count: number][] {
  const found: [string, number][] = [];
  for (const { group } of columns) {
    if (found[found.length - 1]?.[0] === group) found[found.length - 1][1]++;
    else found.push([group, 1]);
  }
  return found;
}
