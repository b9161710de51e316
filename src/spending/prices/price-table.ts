import { readFileSync } from 'fs';
import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { PriceTableProps } from './price-table-props';
import { describe, throwValidationError } from '../../private/invalid-input';
import { checkPrices } from '../private/prices/check-prices';
import { PUBLISHED } from '../private/prices/published';

const COMMAND = 'npx cdk-secure-mlops prices --region <region> > prices.json';

/** Months after which prices are old: AWS changes few of them, and adds instance types all the time. */
const MONTHS = 6;

/**
 * List prices of SageMaker in a region, of a date and from a source.
 *
 * What has no price is counted in hours and told, and is never taken to cost nothing. Prices of a contract, or of savings plans, can
 * be written in place of AWS's own.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html
 */
export class PriceTable {
  /**
   * Prices that an account of AWS was billed in December 2023 in Ireland, which AWS published.
   *
   * They are 15 prices of an hour and 4 of a month: all else is counted in hours. Make a table of your own with
   * `npx cdk-secure-mlops prices`.
   *
   * @see https://github.com/aws-samples/sagemaker-ssh-helper/blob/main/Sample_Costs.md
   */
  public static readonly PUBLISHED = new PriceTable(PUBLISHED);

  /**
   * A table from its values.
   *
   * @throws if a date, region, currency or source is missing, or a price is not positive
   */
  public static of(props: PriceTableProps): PriceTable {
    checkPrices('PriceTable.of', props);
    return new PriceTable(props);
  }

  /**
   * A table from a JSON file, as `npx cdk-secure-mlops prices` writes it.
   *
   * @throws if there is no such file, if it holds no JSON, or no table
   */
  public static fromFile(path: string): PriceTable {
    const scope = 'PriceTable.fromFile', props = read(scope, path);
    checkPrices(scope, props, path);
    return new PriceTable(props);
  }

  private constructor(
    /** The values of the table. */
    public readonly values: PriceTableProps,
  ) {}

  /** Warns of a table that is old, or of another region than the stack. @internal */
  public _warn(scope: IConstruct): void {
    const { date, region } = this.values, { region: own } = Stack.of(scope);
    const month = new Date(); // a table is as old as the day on which the app is synthesized says
    month.setUTCMonth(month.getUTCMonth() - MONTHS);
    const say = (id: string, value: string, rule: string) => Annotations.of(scope).addWarningV2(`cdk-secure-mlops:${id}`, describe({ property: 'prices', value, rule, remedy: `Make a new table: ${COMMAND}` }));
    if (date < month.toISOString().slice(0, 10)) say('old-prices', date, `not be older than ${MONTHS} months`);
    if (!Token.isUnresolved(own) && own !== region) say('prices-of-another-region', region, `be of the region of the stack, ${own}`);
  }
}

function read(scope: string, path: string): PriceTableProps {
  const broken = (rule: string) => throwValidationError(scope, { property: 'path', value: path, rule, remedy: `Make the file: ${COMMAND}` });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return broken('be a file that can be read');
  }
  try {
    return JSON.parse(text) as PriceTableProps;
  } catch {
    return broken('be a file of JSON');
  }
}
