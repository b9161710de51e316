import { introductionOf, leftOutOf, rolesOf } from './legend';
import { Matrix } from './matrix';
import { Column, Page, pagesOf } from './page';

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
/** Text with what Markdown makes bold or code. */
const formatted = (text: string) => escaped(text).replace(/\\\*/g, '&#42;').replace(/\*\*(.+?)\*\*/g, '<b>$1</b>').replace(/`(.+?)`/g, '<code>$1</code>');

const STYLE = [
  'body{font:11px/1.3 sans-serif;margin:1em}h1{font-size:16px}h2{font-size:12px;margin:.8em 0 .3em}p{margin:.4em 0}code{font-size:90%;overflow-wrap:anywhere}',
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:1px 3px;text-align:left;vertical-align:top}thead th{vertical-align:bottom;hyphens:auto}',
  'tbody th{font-weight:normal;width:21%}td:last-child{width:19%}td[class]{white-space:nowrap}td.yes{background:#d3f0d3}td.if{background:#fdf0c4}td.unknown{background:#ddd}td.no{color:#777}',
  '@page{size:A4 landscape;margin:8mm}',
  '@media print{body{font-size:7px;margin:0}h1{font-size:11px;margin:0 0 .3em}h2{font-size:9px}.columns{columns:2}section+section{break-before:page}tr{break-inside:avoid}td{-webkit-print-color-adjust:exact;print-color-adjust:exact}}',
].join('');

/** One file, without anything from elsewhere: to look at, where each cell says more under the pointer, and to print. */
export function htmlOf(matrix: Matrix): string {
  const pages = pagesOf(matrix).map((page) => [
    '<section>',
    `<h1>Who can do what in the environment ${escaped(page.environment.name)}</h1>`,
    ...introductionOf(page, matrix).map((text) => `<p>${formatted(text)}</p>`),
    ...(matrix.simulator === undefined ? listOf(page) : tableOf(page)),
    '<h2>Roles</h2>',
    `<p>${rolesOf(page).map(formatted).join('. ')}.</p>`,
    ...leftOutOf(page).map((text) => `<p>${formatted(text)}</p>`),
    '</section>',
  ].join('\n'));
  return `<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Who can do what</title><style>${STYLE}</style></head>\n<body>\n${pages.join('\n')}\n</body>\n</html>\n`;
}

function listOf({ rows }: Page): string[] {
  return ['<ul>', ...rows.map(({ deed, actions, assets }) => `<li>${escaped(assets)}: ${escaped(deed)} (${actions.map((action) => `<code>${escaped(action)}</code>`).join(', ')})</li>`), '</ul>'];
}

function tableOf({ columns, rows, notes }: Page): string[] {
  return [
    '<table>',
    '<thead>',
    `<tr><th></th>${groupsOf(columns).map(([group, count]) => `<th scope="colgroup" colspan="${count}">${escaped(group)}</th>`).join('')}<th></th></tr>`,
    `<tr>${['what', ...columns.map(({ titles }) => titles.join(', ')), 'denied by'].map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('')}</tr>`,
    '</thead>',
    '<tbody>',
    ...rows.map(({ deed, actions, assets, cells, denials }) => [
      `<tr><th scope="row">${escaped(assets)}: ${escaped(deed)} ${actions.map((action) => `<code>${escaped(action)}</code>`).join(' ')}</th>`,
      ...cells.map(({ text, numbers, look, details }) => `<td class="${look}" title="${escaped(details)}">${escaped(text)}${numbers.length > 0 ? `<sup>${numbers.join(',')}</sup>` : ''}</td>`),
      `<td>${escaped(denials.join('; '))}</td></tr>`,
    ].join('')),
    '</tbody>',
    '</table>',
    '<h2>Statements that decide</h2>',
    `<ol class="columns">${notes.map((note) => `<li>${formatted(note)}</li>`).join('')}</ol>`,
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
