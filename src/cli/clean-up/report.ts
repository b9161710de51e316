import { Outcome } from './execute';
import { Item, Phase, PHASES } from './item';
import { Plan } from './plan';

const TITLES: Record<Phase, string> = {
  projects: 'Projects that people launched',
  endpoints: 'Endpoints and monitors in the accounts of stages',
  targets: 'Deployment targets',
  studio: 'Work in Studio',
  environment: 'The environment',
  kept: 'What holds data',
};
const WORDS = { delete: ['delete', 31], keep: ['keep', 32], blocked: ['in the way', 33] } as const;
const COLORS = { deleted: 32, failed: 31, left: 33 } as const;

function painted(code: number, text: string, isColored: boolean): string {
  return isColored ? `\u001b[${code}m${text}\u001b[0m` : text;
}

/** For people: what goes, in order, and what stays, each with its reason. */
export function planText({ items, unread, absent }: Plan, environment: string, isColored: boolean): string {
  const line = ({ account, type, name, fate, why, how }: Item) => (
    `  ${painted(WORDS[fate][1], WORDS[fate][0], isColored)} ${type} ${name} (${account})\n      ${why}${how === undefined || fate === 'delete' ? '' : `\n      ${how}`}`
  );
  const lines = PHASES.map((phase) => items.filter((one) => one.phase === phase)).filter((all) => all.length > 0)
    .map((all) => [TITLES[all[0].phase], ...all.map(line)].join('\n'));
  const missing = unread.map(({ message, remedy }) => `${painted(33, 'unknown', isColored)} ${message}\n      ${remedy}`);
  const nothing = absent.map((one) => `${painted(32, 'nothing', isColored)} ${one}`);
  if (items.length + unread.length === 0) return `Nothing is left of the environment ${environment}.`;
  const count = (fate: Item['fate']) => items.filter((one) => one.fate === fate).length;
  return [...lines, ...nothing, ...missing, `Of the environment ${environment}, ${count('delete')} to delete, ${count('keep')} to keep, ${count('blocked')} in the way, ${unread.length} unknown.`].join('\n');
}

/** What became of one thing. */
export function outcomeText({ item: { type, name, account }, outcome, message }: Outcome, isColored: boolean): string {
  return `${painted(COLORS[outcome], outcome, isColored)} ${type} ${name} (${account})${message === undefined ? '' : `\n      ${message}`}`;
}

/** What was changed, and what to do next. */
export function summaryText({ unread }: Plan, environment: string, outcomes: Outcome[] | undefined): string {
  if (outcomes === undefined) return `Nothing was changed.${unread.length > 0 ? ' Nothing is, while something is unknown.' : ''}`;
  const count = (outcome: Outcome['outcome']) => outcomes.filter((one) => one.outcome === outcome).length;
  const end = count('failed') + count('left') === 0 ? '' : ' Do what is said above, and run clean-up again: it goes on from there.';
  return `Of the environment ${environment}, ${count('deleted')} deleted, ${count('failed')} not, ${count('left')} left.${end}`;
}
