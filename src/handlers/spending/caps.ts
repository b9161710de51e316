import { dayOf, endOf, Ledger, spent } from './ledger';
import { Limit, Settings } from './settings';
import { Payer } from './use';

/** Something that is spent of a limit. */
export interface Cap extends Payer {
  /** As the ledger remembers it: `person alice month`. */
  readonly key: string;
  /** For people: `alice`. */
  readonly who: string;
  readonly period: 'month' | 'day';
  readonly spent: number;
  readonly limit: number;
  /** When the period ends. */
  readonly until: number;
}

/** Every limit of which something is spent at a time. */
export function capsAt(ledger: Ledger, now: number, { limits, environment }: Pick<Settings, 'limits' | 'environment'>): Cap[] {
  const today = dayOf(now), day = ledger.days[today];
  const caps = (who: string, what: string, limit: Limit | undefined, month: number, ofDay: number, payer: Payer): Cap[] => [
    ...limit?.month === undefined ? [] : [{ key: `${what} month`, who, period: 'month' as const, spent: month, limit: limit.month, until: endOf(ledger.month), ...payer }],
    ...limit?.day === undefined ? [] : [{ key: `${what} ${today}`, who, period: 'day' as const, spent: ofDay, limit: limit.day, until: Date.parse(today) + 86_400_000, ...payer }],
  ];
  type Limits = Readonly<Record<string, Limit>>;
  const limitOf = (single: Limits, usual: Limit | undefined, name: string) => Object.hasOwn(single, name) ? single[name] : usual;
  return [
    ...caps(`The environment ${environment}`, 'environment', limits.environment, ledger.total, day?.total ?? 0, {}),
    ...Object.keys(ledger.byPerson).flatMap((person) => (
      caps(person, `person ${person}`, limitOf(limits.persons, limits.person, person), ledger.byPerson[person], spent(day?.byPerson, person), { person })
    )),
    ...Object.keys(ledger.byProject).flatMap((project) => (
      caps(`The project ${project}`, `project ${project}`, limitOf(limits.projects, limits.project, project), ledger.byProject[project], spent(day?.byProject, project), { project })
    )),
  ];
}

/** Those that are reached. */
export function reached(caps: readonly Cap[]): Cap[] {
  return caps.filter(({ spent: amount, limit }) => amount >= limit);
}

/** Whether work counts for a limit. */
export function isOf({ person, project }: Cap, work: Payer): boolean {
  return (person === undefined || person === work.person) && (project === undefined || project === work.project);
}

/** What people are told of shares that were not reached before; the ledger remembers it. */
export function news(ledger: Ledger, caps: readonly Cap[], { shares, denial, stopsJobs, stopsApplications }: Settings): string[] {
  return caps.flatMap((cap) => {
    const { key, who, period, limit, until } = cap;
    const share = Math.max(0, ...shares.filter((one) => cap.spent >= limit * one / 100));
    if (share <= spent(ledger.told, key)) return [];
    ledger.told[key] = share;
    const amount = `${who} has spent ${usd(cap.spent)} of ${usd(limit)} this ${period} (${Math.floor(cap.spent / limit * 100)} %).`;
    if (cap.spent < limit) return [amount];
    const stopped = [...stopsJobs ? ['jobs'] : [], ...stopsApplications ? ['applications'] : []];
    return [[
      amount,
      ...denial === undefined ? [] : [`New work is denied until ${new Date(until).toISOString()}, or a higher limit is deployed.`],
      stopped.length > 0 ? `Running ${stopped.join(' and ')} are stopped.` : 'What runs goes on.',
    ].join(' ')];
  });
}

/** What people are told of instance types without a price, once in a month: no limit sees them. */
export function withoutPrice(ledger: Ledger): string[] {
  const found = Object.keys(ledger.unpriced).filter((name) => spent(ledger.told, `unpriced ${name}`) === 0);
  if (found.length === 0) return [];
  for (const name of found) ledger.told[`unpriced ${name}`] = 100;
  return [`No price is known of ${found.join(', ')}: hours of it are counted, and are in no amount and no limit. Deploy a table of prices that has it: npx cdk-secure-mlops prices`];
}

export function usd(amount: number): string {
  return `${amount.toFixed(2)} USD`;
}
