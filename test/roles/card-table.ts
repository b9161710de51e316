import { RoleCard } from '../../src/roles/card';
import { CARDS } from '../../src/roles/cards';

/** A card as a row of the README's table. */
export function rowOf({ role, assumedBy, buckets, keys = [], passes = {}, publishedAs }: RoleCard<never>): string[] {
  const trust = assumedBy === 'people' ? 'people' : assumedBy.map(({ service, source }) => (source ? `${service} (\`${source}\`)` : service)).join(', ');
  const uses = buckets.map(({ bucket, writes, reach }) => `${writes ? 'writes' : 'reads'} ${bucket}${reach ? ` (${reach})` : ''}`);
  return [
    `\`${role}\``,
    trust,
    [...new Set(uses)].join(', '),
    keys.map(({ purpose, services }) => `${purpose} (${services.join(', ')})`).join(', '),
    Object.entries(passes).map(([service, roles]) => `${roles.map((one) => `\`${one}\``).join(', ')} to ${service}`).join('; '),
    publishedAs ? `\`${publishedAs.path}\`` : '',
  ];
}

export const ROWS = CARDS.map(rowOf);
