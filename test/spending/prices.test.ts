import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, Aws, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { PriceTable } from '../../src/spending/prices/price-table';
import { PriceTableProps } from '../../src/spending/prices/price-table-props';

const TODAY = new Date().toISOString().slice(0, 10);
const GOOD: PriceTableProps = {
  date: TODAY,
  region: 'eu-west-1',
  priceSource: 'contract 4711',
  currency: 'USD',
  perHour: { training: { 'ml.m5.xlarge': 0.257 }, mlflow: { Small: 0.6 } },
  perGbMonth: { app: 0.1 },
};
const without = (name: keyof PriceTableProps) => ({ ...GOOD, [name]: undefined }) as unknown as PriceTableProps;

describe('a price table', () => {
  test('has the values that it was given', () => {
    expect(PriceTable.of(GOOD).values).toEqual(GOOD);
  });

  test.each(['date', 'region', 'priceSource', 'currency', 'perHour'] as const)('without %s is refused', (name) => {
    expect(() => PriceTable.of(without(name))).toThrow(new RegExp(`\\[PriceTable\\.of\\] ${name} must be given, got nothing`));
  });

  test.each<[Partial<PriceTableProps>, string]>([
    [{ date: '30.11.2026' }, 'date must be a day that has been, such as 2026-11-30'],
    [{ date: '2026-02-30' }, 'date must be a day that has been'],
    [{ date: '2999-01-01' }, 'date must be a day that has been'],
    [{ region: 'Ireland' }, 'region must be a region, such as eu-west-1'],
    [{ priceSource: ' ' }, 'priceSource must be a text that says where the prices are from'],
    [{ currency: 'dollars' }, 'currency must be a currency code of three letters, such as USD'],
    [{ perHour: {} }, 'perHour must have at least one price'],
    [{ perHour: { training: {} } }, 'perHour must have at least one price'],
    [{ perHour: { trainings: { 'ml.m5.xlarge': 1 } } }, 'perHour must have kinds among training, processing,'],
    [{ perHour: { training: { 'm5.xlarge': 1 } } }, 'perHour.training must be for instance types, such as ml.m5.xlarge, got ["m5.xlarge"]'],
    [{ perHour: { training: { 'ml.m5.*': 1 } } }, 'perHour.training must be for instance types'],
    [{ perHour: { mlflow: { 'ml.m5.xlarge': 1 } } }, 'perHour.mlflow must be for Small, Medium, Large'],
    [{ perHour: { training: [] as never } }, 'perHour.training must be an object'],
    [{ perGbMonth: { disk: 1 } }, 'perGbMonth must have kinds among training,'],
    [{ perGbMonth: { app: 0 } }, 'perGbMonth.app must be a positive number, got 0. Leave out what has no price: it is counted in hours'],
  ])('%j is refused', (wrong, message) => {
    expect(() => PriceTable.of({ ...GOOD, ...wrong })).toThrow(message);
  });

  test('has positive prices, and no others', () => {
    const price = fc.oneof(fc.double(), fc.constantFrom('0.257' as never, null as never, undefined as never, true as never));
    fc.assert(fc.property(price, (one) => {
      const table = () => PriceTable.of({ ...GOOD, perHour: { endpoint: { 'ml.m5.xlarge': one } } });
      if (typeof one === 'number' && one > 0 && one < Infinity) expect(table).not.toThrow();
      else expect(table).toThrow(/perHour\.endpoint\.ml\.m5\.xlarge must be a positive number/);
    }));
  });
});

describe('a table of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prices-'));
  const file = (text: string) => {
    const path = join(folder, 'prices.json');
    writeFileSync(path, text);
    return path;
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  test('has what the file says', () => {
    expect(PriceTable.fromFile(file(JSON.stringify(GOOD))).values).toEqual(GOOD);
  });

  test.each([['{', 'be a file of JSON'], ['null', 'date must be given'], ['[]', 'date must be given'], [JSON.stringify(without('priceSource')), 'priceSource must be given']])('that is %s is refused, with what to do', (text, message) => {
    expect(() => PriceTable.fromFile(file(text))).toThrow(message);
  });

  test('that is not there is refused, with the command that makes it', () => {
    expect(() => PriceTable.fromFile(join(folder, 'nowhere.json'))).toThrow(/path must be a file that can be read.*npx cdk-secure-mlops prices --region/);
  });
});

describe('what is warned of', () => {
  const warned = (table: PriceTable, region: string | undefined) => {
    const stack = new Stack(new App(), 'Stack', { env: { region } });
    table._warn(stack);
    return Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));
  };
  const ago = (months: number) => {
    const day = new Date();
    day.setUTCDate(day.getUTCDate() - months * 31);
    return day.toISOString().slice(0, 10);
  };

  test('a table of today and of the region: nothing', () => {
    expect(warned(PriceTable.of(GOOD), 'eu-west-1')).toEqual([]);
  });

  test('a table that is older than half a year', () => {
    expect(warned(PriceTable.of({ ...GOOD, date: ago(7) }), 'eu-west-1')).toEqual([expect.stringContaining('not be older than 6 months')]);
    expect(warned(PriceTable.of({ ...GOOD, date: ago(5) }), 'eu-west-1')).toEqual([]);
  });

  test('a table of another region, where that of the stack is known', () => {
    expect(warned(PriceTable.of(GOOD), 'us-east-1')).toEqual([expect.stringContaining('prices must be of the region of the stack, us-east-1, got "eu-west-1"')]);
    expect(warned(PriceTable.of(GOOD), Aws.REGION)).toEqual([]);
  });

  test('the published table keeps the rules of others, and is old', () => {
    expect(() => PriceTable.of(PriceTable.PUBLISHED.values)).not.toThrow();
    expect(warned(PriceTable.PUBLISHED, 'eu-west-1')).toEqual([expect.stringContaining('2023-12-31')]);
  });
});
