import fc from 'fast-check';
import { count, dayOf, emptyLedger, Ledger } from '../../src/handlers/spending/ledger';
import { Use } from '../../src/handlers/spending/use';

const START = Date.UTC(2026, 10, 1), HOUR = 3_600_000, MONTH = 30 * 24 * HOUR;
const PRICES = { perHour: { training: { 'ml.m5.large': 0.115 }, app: { 'ml.t3.medium': 0.05 } } };

const uses = fc.array(fc.record({
  kind: fc.constantFrom('training' as const, 'app' as const),
  type: fc.constantFrom('ml.m5.large', 'ml.t3.medium'),
  count: fc.integer({ min: 1, max: 8 }),
  start: fc.integer({ min: START - MONTH, max: START + MONTH }),
  length: fc.option(fc.integer({ min: 0, max: MONTH }), { nil: undefined }),
  person: fc.constantFrom(undefined, 'alice', 'bob', 'constructor'),
  project: fc.constantFrom(undefined, 'fraud'),
}), { maxLength: 6 }).map((all) => all.map(({ length, ...use }): Use => (
  { ...use, end: length === undefined ? undefined : use.start + length }
)));

/** Times at which the meter comes by, in their order. */
const times = fc.array(fc.integer({ min: START, max: START + MONTH }), { minLength: 1, maxLength: 12 })
  .map((all) => all.sort((one, other) => one - other));

function counted(all: Use[], at: number[]): Ledger {
  const ledger = emptyLedger('2026-11');
  for (const time of at) count(ledger, all, time, PRICES);
  return ledger;
}

const sum = (amounts: Record<string, number>) => Object.values(amounts).reduce((one, other) => one + other, 0);

test('however often the meter comes by, the same is counted', () => {
  fc.assert(fc.property(uses, times, (all, at) => {
    const often = counted(all, at), once = counted(all, at.slice(-1));
    expect(often.total).toBeCloseTo(once.total, 6);
    for (const person of Object.keys(once.byPerson)) expect(often.byPerson[person]).toBeCloseTo(once.byPerson[person], 6);
    expect(sum(often.unpriced)).toBeCloseTo(sum(once.unpriced), 6);
  }));
});

test('kinds, and days, add up to the whole, and people and projects to no more', () => {
  fc.assert(fc.property(uses, times, (all, at) => {
    const { total, byKind, byPerson, byProject, days } = counted(all, at);
    expect(sum(byKind)).toBeCloseTo(total, 6);
    expect(sum(Object.fromEntries(Object.entries(days).map(([day, { total: ofDay }]) => [day, ofDay])))).toBeCloseTo(total, 6);
    for (const parts of [byPerson, byProject]) expect(sum(parts)).toBeLessThanOrEqual(total + 1e-6);
  }));
});

test('nothing is counted twice, nor before a use began, nor after it ended', () => {
  fc.assert(fc.property(uses, times, (all, at) => {
    const until = at[at.length - 1], { perHour } = PRICES as { perHour: Record<string, Record<string, number>> };
    const expected = all.map(({ kind, type, count: instances, start, end = until }) => (
      (perHour[kind][type] ?? 0) * instances * Math.max(0, Math.min(end, until) - Math.max(start, START)) / HOUR
    ));
    expect(counted(all, at).total).toBeCloseTo(expected.reduce((one, other) => one + other, 0), 6);
  }));
});

test('a day has what was used in it', () => {
  const use: Use = { kind: 'app', type: 'ml.t3.medium', count: 1, start: START + 23 * HOUR };
  const { days } = counted([use], [START + 25 * HOUR]);
  expect(Object.entries(days).map(([day, { total }]) => [day, total])).toEqual([[dayOf(START), 0.05], [dayOf(START + 24 * HOUR), 0.05]]);
});
