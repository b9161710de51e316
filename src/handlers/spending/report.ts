import { usd } from './caps';
import { Ledger } from './ledger';
import { Limit, Settings } from './settings';

/** What was spent in a month that is over. */
export interface Report {
  readonly environment: string;
  readonly month: string;
  readonly total: number;
  readonly limit: Limit;
  readonly byKind: Readonly<Record<string, number>>;
  readonly byPerson: Readonly<Record<string, number>>;
  readonly byProject: Readonly<Record<string, number>>;
  /** Hours that are in no amount, since no price is known. */
  readonly unpricedHours: Readonly<Record<string, number>>;
}

export const reportKey = (month: string) => `reports/${month}.json`;

export function reportOf(ledger: Ledger, { environment, limits }: Pick<Settings, 'environment' | 'limits'>): Report {
  const { month, total, byKind, byPerson, byProject, unpriced } = ledger;
  return { environment, month, total, limit: limits.environment, byKind, byPerson, byProject, unpricedHours: unpriced };
}

/** For people: the largest amounts first. */
export function textOf({ environment, month, total, limit, byKind, byPerson, byProject, unpricedHours }: Report): string {
  type Amounts = Readonly<Record<string, number>>;
  const part = (title: string, amounts: Amounts, text: (amount: number) => string) => Object.keys(amounts).length === 0 ? [] : [
    `${title}: ${Object.entries(amounts).sort(([, one], [, other]) => other - one).map(([name, amount]) => `${name} ${text(amount)}`).join(', ')}.`,
  ];
  return [
    `The environment ${environment} has spent ${usd(total)} in ${month}${limit.month === undefined ? '' : `, of ${usd(limit.month)}`}.`,
    ...part('By kind', byKind, usd),
    ...part('By person', byPerson, usd),
    ...part('By project', byProject, usd),
    ...part('Without a price, and in no amount', unpricedHours, (hours) => `${hours.toFixed(1)} h`),
    `Report: ${reportKey(month)}`,
  ].join('\n');
}
