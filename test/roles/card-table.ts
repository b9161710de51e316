import { readFileSync } from 'fs';
import { join } from 'path';
import { RoleCard } from '../../src/roles/card';
import { CARDS } from '../../src/roles/cards';
import { TargetRoleCard } from '../../src/roles/targets/card';
import { TARGET_CARDS } from '../../src/roles/targets/cards';

const ROOM = join(__dirname, '../../src/roles');

/** What cards of environments and of targets say alike. */
interface Card {
  readonly assumedBy: RoleCard<never>['assumedBy'] | TargetRoleCard['assumedBy'];
  readonly buckets: readonly { readonly bucket: string; readonly writes?: true; readonly reach?: string }[];
  readonly passes?: Readonly<Record<string, readonly string[]>>;
  readonly publishedAs?: { readonly path: string };
}

const quoted = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ');

/** A card as a row of the README's table. */
function rowOf(role: string, keys: string[], { assumedBy, buckets, passes = {}, publishedAs }: Card): string[] {
  const trust = assumedBy === 'people' ? 'people' : assumedBy.map((one) => {
    if (typeof one === 'string') return quoted([one]);
    return one.source ? `${one.service} (\`${one.source}\`)` : one.service;
  }).join(', ');
  const uses = buckets.map(({ bucket, writes, reach }) => `${writes ? 'writes' : 'reads'} ${bucket}${reach ? ` (${reach})` : ''}`);
  return [
    role,
    trust,
    [...new Set(uses)].join(', '),
    keys.join(', '),
    Object.entries(passes).map(([service, roles]) => `${quoted(roles)} to ${service}`).join('; '),
    publishedAs ? quoted([publishedAs.path]) : '',
  ];
}

export const ROWS = CARDS.map((card) => rowOf(quoted([card.role]), (card.keys ?? []).map(({ purpose, services }) => `${purpose} (${services.join(', ')})`), card));

export const TARGET_ROWS = TARGET_CARDS.map((card) => rowOf(
  `${quoted([card.role])}${card.onlyWith ? ` (${card.onlyWith})` : ''}`, (card.keys ?? []).map(({ purpose, service }) => `${purpose} (${service})`), card,
));

/** Rows of a table by its first headings. */
export function tableOf(file: string, headings: string): string[][] {
  const text = readFileSync(join(ROOM, file), 'utf8');
  const rows = text.slice(text.indexOf(`| ${headings} |`)).split('\n\n')[0].trim().split('\n').slice(2);
  return rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim()));
}
