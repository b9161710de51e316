import { readFileSync } from 'fs';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { stackOf } from './fixture';
import { DataScienceEnvironment, DetectiveControls } from '../../src';
import { ASSUMED, COSTS, PRICES_OF } from '../../src/detective/private/costs';
import { publicTypes } from '../conventions/public-api';

const README = readFileSync(join(__dirname, '..', '..', 'src', 'detective', 'README.md'), 'utf8');

/** The table of the README, made of the prices. */
function table(): string[] {
  return COSTS.map(({ control, property, charges, page }) => {
    const month = charges.reduce((sum, { price, amount }) => sum + price * amount, 0);
    const how = charges.map(({ per, price, amount }) => `${amount.toLocaleString('en-US')} × $${price} per ${per}`).join(', ') || 'free';
    const kind = charges.some(({ read }) => read === undefined) ? 'estimate, ' : '';
    return `| ${control} | \`${property}\` | ${how} | ${month === 0 ? '0' : month.toFixed(2)} | ${kind}[prices](${page}) |`;
  });
}

test('the table of costs is what the prices say, with their date', () => {
  expect(README.split('\n').filter((line) => line.includes('[prices]('))).toEqual(table());
  expect(README).toContain(`${PRICES_OF.date}`);
  expect(README).toContain(PRICES_OF.region);
  expect(README).toContain(ASSUMED);
});

test('a price that was read is AWS\'s, on the page that has those of today or in its price list, and of this year', () => {
  const read = COSTS.flatMap(({ page, charges }) => charges.flatMap((charge) => charge.read === undefined ? [] : [{ page, ...charge.read }]));
  expect(read.length).toBeGreaterThan(0);
  const LIST = /^https:\/\/pricing\.us-east-1\.amazonaws\.com\/offers\//;
  for (const { page, at, date } of read) {
    expect(LIST.test(at) || at === page).toBe(true);
    expect(page).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(Date.parse(PRICES_OF.date) - Date.parse(date)).toBeLessThan(365 * 24 * 3600 * 1000);
    expect(README).toContain(date);
  }
});

test('the sum is what the rows are together', () => {
  const month = (isOn: (property: string) => boolean) => COSTS.filter(({ property }) => isOn(property))
    .flatMap(({ charges }) => charges).reduce((sum, { price, amount }) => sum + price * amount, 0);
  const { members } = publicTypes().find(({ name }) => name === 'DetectiveControlsProps')!;
  const isAskedFor = (property: string) => members.find(({ name }) => name === `DetectiveControlsProps.${property}`)!.tags.get('default') === 'false';
  const [all, byDefault] = [month(() => true), month((property) => !isAskedFor(property))].map((sum) => sum.toFixed(2));
  expect(README).toContain(`Everything together is ${all} dollars, what is on by default ${byDefault}.`);
});

test('every switch has a cost', () => {
  const { members } = publicTypes().find(({ name }) => name === 'DetectiveControlsProps')!;
  const switches = members.filter(({ type }) => type?.getText() === 'boolean');
  const properties = COSTS.map(({ property }) => property);
  expect(switches.map(({ name }) => name.split('.')[1]).filter((name) => !properties.includes(name))).toEqual([]);
});

test('as many alarms and metrics are paid for as there are', () => {
  const stack = stackOf();
  new DetectiveControls(stack, 'Controls', { environment: new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' }) });
  const template = Template.fromStack(stack);
  const charges = COSTS.flatMap((cost) => cost.charges);
  const paid = (what: string) => charges.filter(({ per }) => per === what).reduce((sum, { amount }) => sum + amount, 0);
  template.resourceCountIs('AWS::CloudWatch::Alarm', paid('alarm'));
  template.resourceCountIs('AWS::Logs::MetricFilter', paid('custom metric'));
  template.resourceCountIs('AWS::CloudWatch::Dashboard', paid('dashboard'));
});
