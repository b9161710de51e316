import { InputCheck } from '../../../private/input-check';
import { INSTANCE_TYPE, isFamily } from '../../../private/instance-type';
import { checkRequired, kind, TEXT } from '../../../private/required-input';
import { PriceTableProps } from '../../prices/price-table-props';

/** Of what there are prices: jobs by what they do, and what runs until somebody stops it. */
const KINDS = ['training', 'processing', 'transform', 'endpoint', 'app', 'notebook', 'mlflow', 'cluster'];
/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateMlflowTrackingServer.html */
const SERVERS = ['Small', 'Medium', 'Large'];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;
const MAP = kind('an object', (value) => typeof value === 'object' && !Array.isArray(value));
const COMMAND = 'npx cdk-secure-mlops prices --region <region> writes such a table';

/** Refuses a table of which it cannot be said of when, where, from whom and in what its prices are, or whose prices are none. */
export function checkPrices(scope: string, props: PriceTableProps, file?: string): void {
  const within = file === undefined ? scope : `${scope} ${file}`;
  checkRequired(within, props ?? {}, { date: TEXT, region: TEXT, priceSource: TEXT, currency: TEXT, perHour: MAP });
  const check = new InputCheck(within)
    .that('date', props.date, isDay, 'be a day that has been, such as 2026-11-30')
    .matches('region', props.region, REGION, 'be a region, such as eu-west-1')
    .that('priceSource', props.priceSource, (text) => text.trim() !== '', 'be a text that says where the prices are from', 'Give the address of a price list, or the number of a contract')
    .matches('currency', props.currency, /^[A-Z]{3}$/, 'be a currency code of three letters, such as USD')
    .every('perHour', Object.keys(props.perHour), (one) => KINDS.includes(one), `have kinds among ${KINDS.join(', ')}`, COMMAND)
    .that('perHour', props.perHour, (all) => Object.values(all).some((prices) => Object.keys(prices ?? {}).length > 0), 'have at least one price', COMMAND)
    .every('perGbMonth', Object.keys(props.perGbMonth ?? {}), (one) => KINDS.includes(one), `have kinds among ${KINDS.join(', ')}`, COMMAND);
  for (const [name, prices] of Object.entries(props.perHour)) {
    const isType = name === 'mlflow' ? (type: string) => SERVERS.includes(type) : (type: string) => INSTANCE_TYPE.test(type) && !isFamily(type);
    check
      .that(`perHour.${name}`, prices, (all) => typeof all === 'object' && !Array.isArray(all), 'be an object', 'Give a price by instance type, such as {"ml.m5.xlarge": 0.23}')
      .every(`perHour.${name}`, Object.keys(prices ?? {}), isType, name === 'mlflow' ? `be for ${SERVERS.join(', ')}` : 'be for instance types, such as ml.m5.xlarge');
    checkPositive(check, `perHour.${name}`, prices);
  }
  checkPositive(check, 'perGbMonth', props.perGbMonth);
  check.throwIfInvalid();
}

/** Zero would count what is not priced as free. */
function checkPositive(check: InputCheck, property: string, prices: Record<string, number> | undefined): void {
  for (const [name, price] of Object.entries(prices ?? {})) {
    check.that(`${property}.${name}`, price ?? NaN, (one) => typeof one === 'number' && Number.isFinite(one) && one > 0, 'be a positive number', 'Leave out what has no price: it is counted in hours');
  }
}

/** A day of the calendar up to tomorrow: somewhere it is tomorrow already. */
function isDay(text: string): boolean {
  const time = Date.parse(text);
  return DAY.test(text) && Number.isFinite(time) && new Date(time).toISOString().startsWith(text) && time < Date.now() + 86_400_000;
}
