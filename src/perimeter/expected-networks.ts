import { isAddressRange } from '../private/address-range';
import { InputCheck } from '../private/input-check';
import { checkRequired, listOf, TEXT } from '../private/required-input';

/** Options of the expected networks. */
export interface ExpectedNetworksOptions {
  /** Ids of the S3 endpoints through which the environment's workloads reach S3. */
  readonly s3EndpointIds: string[];

  /**
   * Public IPv4 CIDR blocks of your company from which objects may be reached as well.
   *
   * @default - none
   */
  readonly corporateCidrs?: string[];
}

/**
 * Networks from which requests are expected, one of the three parts of a data perimeter.
 *
 * The networks of deployment stages are known from the stages.
 */
export class ExpectedNetworks {
  /** The environment's own S3 endpoints, and CIDR blocks of your company if there are any. */
  public static endpoints(options: ExpectedNetworksOptions): ExpectedNetworks {
    checkRequired('ExpectedNetworks.endpoints', options, { s3EndpointIds: listOf(TEXT) });
    new InputCheck('ExpectedNetworks')
      .notEmpty('s3EndpointIds', options.s3EndpointIds, 'Without an endpoint nobody reaches the buckets')
      .that('corporateCidrs', options.corporateCidrs, (cidrs) => cidrs.every((cidr) => isAddressRange(cidr, 8)), 'be IPv4 ranges of /8 or smaller, such as 203.0.113.0/24')
      .throwIfInvalid();
    return new ExpectedNetworks(options.s3EndpointIds, options.corporateCidrs ?? []);
  }

  private constructor(
    /** Ids of the S3 endpoints through which the environment's workloads come. */
    public readonly s3EndpointIds: string[],
    /** Public address ranges of your company. */
    public readonly corporateCidrs: string[],
  ) {}
}
