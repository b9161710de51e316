import { readFileSync } from 'fs';
import { join } from 'path';

/** What is still to be mended: `remaining.json` says how much in which room, and the numbers may only fall. */
const REMAINING = JSON.parse(readFileSync(join(__dirname, 'remaining.json'), 'utf8')) as Record<string, Record<string, number>>;

/** Something that breaks a rule, and the folder of `src/` that it stands in. */
export interface Finding {
  readonly room: string;
  readonly name: string;
  readonly summary?: string;
}

/** The rooms in which more breaks a rule than is known to, with everything in them that does. */
export function beyondRemaining(rule: string, findings: Finding[]): string[] {
  return [...new Set(findings.map(({ room }) => room))].flatMap((room) => {
    const here = findings.filter((finding) => finding.room === room).map(({ name, summary }) => (summary ? `${name}: ${summary}` : name));
    const known = REMAINING[rule]?.[room] ?? 0;
    return here.length > known ? [`${room}: ${here.length}, and ${known} are known`, ...here] : [];
  });
}
