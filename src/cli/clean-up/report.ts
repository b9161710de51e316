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

/** For people: what goes, in order, and what stays, each with its reason. */
export function planText({ items, unread }: Plan, environment: string, isColored: boolean): string {
  const paint = (code: number, text: string) => isColored ? `\u001b[${code}m${text}\u001b[0m` : text;
  const line = ({ account, type, name, fate, why, how }: Item) => (
    `  ${paint(WORDS[fate][1], WORDS[fate][0])} ${type} ${name} (${account})\n      ${why}${how === undefined || fate === 'delete' ? '' : `\n      ${how}`}`
  );
  const lines = PHASES.map((phase) => items.filter((one) => one.phase === phase)).filter((all) => all.length > 0)
    .map((all) => [TITLES[all[0].phase], ...all.map(line)].join('\n'));
  const missing = unread.map(({ message, remedy }) => `${paint(33, 'unknown')} ${message}\n      ${remedy}`);
  return [...lines, ...missing, summaryOf({ items, unread }, environment)].join('\n');
}

function summaryOf({ items, unread }: Plan, environment: string): string {
  if (items.length + unread.length === 0) return `Nothing is left of the environment ${environment}.`;
  const count = (fate: Item['fate']) => items.filter((one) => one.fate === fate).length;
  return `Of the environment ${environment}, ${count('delete')} to delete, ${count('keep')} to keep, ${count('blocked')} in the way, ${unread.length} unknown. Nothing was changed.`;
}
