import { Reported } from './finding';
import { UsedQuota } from './quotas';
import { settings } from './settings';

/** As many as a message has room for; the record has all. */
const LINES = 40;
/** Of what was told before, people hear again on Mondays. */
const MONDAY = 1;

/** What people are told, and whether there is something that they were not told before. */
export function told(
  reported: readonly Reported[], used: readonly UsedQuota[], failures: readonly string[], before: readonly string[], now: Date,
): { readonly text: string; readonly isNew: boolean } {
  const { currency } = settings().prices;
  const total = reported.filter(({ outcome }) => outcome !== 'done').reduce((sum, { perMonth }) => sum + perMonth, 0);
  const unpriced = reported.flatMap((one) => one.unpriced);
  const lines = [...reported].sort((one, other) => other.perMonth - one.perMonth).map(lineOf);
  const text = [
    ...reported.length === 0 ? [] : [
      `${reported.length} idle: nobody has used them in ${settings().days} days, as far as AWS tells. They cost ${total.toFixed(2)} ${currency} a month${unpriced.length > 0 ? `, and what has no price: ${unpriced.join(', ')}` : ''}.`,
    ],
    ...lines.slice(0, LINES),
    ...lines.length > LINES ? [`${lines.length - LINES} more are in idle/${now.toISOString().slice(0, 10)}.json of the bucket of records.`] : [],
    ...used.slice(0, LINES).map(({ name, code, inUse, value }) => (
      `Quota "${name}": ${inUse} of ${value} in use. Have ${code} of sagemaker raised in Service Quotas before work is refused.`
    )),
    ...used.length > LINES ? [`${used.length - LINES} more quotas are in the same record.`] : [],
    ...failures.map((one) => `Could not be read: ${one}`),
  ].join('\n');
  const unheard = [...reported, ...used].some(({ arn }) => !before.includes(arn));
  const again = reported.length + used.length > 0 && now.getUTCDay() === MONDAY;
  const isNew = failures.length > 0 || reported.some(({ outcome }) => outcome !== 'reported') || unheard || again;
  return { text, isNew };
}

function lineOf({ kind, arn, since, why, perMonth, unpriced, outcome, action, undo, reason }: Reported): string {
  const cost = unpriced.length > 0 ? 'unpriced' : `${perMonth.toFixed(2)} ${settings().prices.currency} a month`;
  const did = outcome === 'done' ? ` Done: ${action}. Undo: ${undo}` : outcome === 'failed' ? ` ${action} failed: ${reason}` : '';
  return `${kind} ${arn}, since ${since.slice(0, 10)}, ${cost}: ${why}${did}`;
}
