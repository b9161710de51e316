/** Prices of SageMaker in a region. */
export interface PriceTableProps {
  /** Day of which the prices are, such as `2026-11-30`. */
  readonly date: string;

  /** Region of which the prices are. */
  readonly region: string;

  /** Source of the prices, such as the address of AWS's price list or the number of a contract. */
  readonly priceSource: string;

  /** Currency code of the prices, such as `USD`. */
  readonly currency: string;

  /**
   * Prices of an instance for an hour, by kind and instance type.
   *
   * Kinds are `training`, `processing`, `transform`, `endpoint`, `app`, `notebook` and `cluster`, and `mlflow`, whose tracking servers
   * are `Small`, `Medium` or `Large`.
   */
  readonly perHour: Record<string, Record<string, number>>;

  /**
   * Prices of a gigabyte of storage for a month, by kind.
   *
   * @default - storage is not priced
   */
  readonly perGbMonth?: Record<string, number>;
}
