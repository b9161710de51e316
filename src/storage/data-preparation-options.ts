import { Size } from 'aws-cdk-lib';

/** What may be decided about preparing data with AWS Glue and Amazon Athena. */
export interface DataPreparationOptions {
  /**
   * Where Athena writes results: a prefix of the data bucket, below one of the output prefixes.
   *
   * @default - `athena/` below the first output prefix
   */
  readonly resultsPrefix?: string;

  /**
   * The most that one query may read before Athena ends it: 10 megabytes (10,000,000 bytes) or more. Athena charges for
   * what is read.
   *
   * @default Size.gibibytes(100)
   * @see https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html
   */
  readonly bytesScannedLimit?: Size;
}
