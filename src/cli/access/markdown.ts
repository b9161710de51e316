import { introductionOf, leftOutOf, rolesOf } from './legend';
import { Matrix } from './matrix';
import { Page, pagesOf, Shown } from './page';

const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
const cellOf = ({ text, numbers }: Shown) => `${text.replace(/\*/g, '\\*')}${numbers.length > 0 ? ` <sup>${numbers.join(',')}</sup>` : ''}`;

/** Tables for a pull request, or a wiki. */
export function markdownOf(matrix: Matrix): string {
  return `${pagesOf(matrix).map((page) => [`# Who can do what in the environment ${page.environment.name}`, ...introductionOf(page, matrix), ...partsOf(page, matrix)].join('\n\n')).join('\n\n')}\n`;
}

function partsOf(page: Page, { simulator }: Matrix): string[] {
  const roles = ['## Roles', rolesOf(page).join('. ') + '.'];
  if (simulator === undefined) return [['## What would be asked', page.rows.map(({ deed, actions, assets }) => `- ${assets}: ${deed} (${actions.map((action) => `\`${action}\``).join(', ')})`).join('\n')].join('\n\n'), ...roles];
  const head = ['what', 'of', ...page.columns.map(({ titles }) => titles.join(', ')), 'denied by'];
  const rows = page.rows.map(({ deed, actions, assets, cells, denials }) => line([`${deed} ${actions.map((action) => `\`${action}\``).join(' ')}`, assets, ...cells.map(cellOf), denials.join('; ')]));
  return [
    [line(head), line(head.map(() => '---')), ...rows].join('\n'),
    '## Statements that decide',
    page.notes.map((note, index) => `${index + 1}. ${note}`).join('\n'),
    ...roles,
    ...leftOutOf(page),
  ];
}
