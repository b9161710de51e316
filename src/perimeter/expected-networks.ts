import { isAddressRange } from '../private/address-range';
import { InputCheck } from '../private/input-check';

/** Options of the expected networks. */
export interface ExpectedNetworksOptions {
  /** Ids of the S3 endpoints through which the environment's workloads come. */
  readonly s3EndpointIds: string[];

  /**
   * Public address ranges of your company from which objects may be reached as well.
   *
   * @default - none
   */
  readonly corporateCidrs?: string[];
}

/** Where requests come from: one of the three facts of a data perimeter. The networks of deployment stages are known from the stages. */
export class ExpectedNetworks {
  /** The environment's own endpoints, and perhaps your company's address ranges. */
  public static endpoints(options: ExpectedNetworksOptions): ExpectedNetworks {
    new InputCheck('ExpectedNetworks')
      .notEmpty('s3EndpointIds', options.s3EndpointIds, 'Without an endpoint nobody reaches the buckets')
      .that('corporateCidrs', options.corporateCidrs, (cidrs) => cidrs.every((cidr) => isAddressRange(cidr, 8)), 'be IPv4 ranges of /8 or smaller, such as 203.0.113.0/24')
      .done();
    return new ExpectedNetworks(options.s3EndpointIds, options.corporateCidrs ?? []);
  }

  private constructor(
    /** Ids of the S3 endpoints through which the environment's workloads come. */
    public readonly s3EndpointIds: string[],
    /** Public address ranges of your company. */
    public readonly corporateCidrs: string[],
  ) {}
}
