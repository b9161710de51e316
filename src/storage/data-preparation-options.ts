import { Size } from 'aws-cdk-lib';

/** Settings of data preparation with AWS Glue and Amazon Athena. */
export interface DataPreparationOptions {
  /**
   * Prefix of the data bucket for query results, below one of the output prefixes and with a slash at the end.
   *
   * @default - `athena/` below the first output prefix
   */
  readonly resultsPrefix?: string;

  /**
   * Limit of data that one query may scan before Athena cancels it, 10 megabytes (10,000,000 bytes) or more.
   *
   * Athena charges for the data that queries scan.
   *
   * @default Size.gibibytes(100)
   * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html
   */
  readonly bytesScannedLimit?: Size;
}
