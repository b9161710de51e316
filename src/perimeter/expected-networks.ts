import { isAddressRange } from '../private/address-range';
import { InputCheck } from '../private/input-check';

/**
 * Networks from which requests are expected, one of the three parts of a data perimeter.
 *
 * The networks of deployment stages are known from the stages.
 */
export interface ExpectedNetworks {
  /** Ids of the S3 endpoints through which the environment's workloads reach S3. */
  readonly s3EndpointIds: string[];

  /**
   * Public IPv4 CIDR blocks of your company from which objects may be reached as well.
   *
   * @default - none
   */
  readonly corporateCidrs?: string[];
}

/** Checks the expected networks of a perimeter. */
export function checkNetworks(check: InputCheck, { s3EndpointIds, corporateCidrs }: ExpectedNetworks): InputCheck {
  return check
    .notEmpty('expectedNetworks.s3EndpointIds', s3EndpointIds, 'Without an endpoint nobody reaches the buckets')
    .that('expectedNetworks.corporateCidrs', corporateCidrs, (cidrs) => cidrs.every((cidr) => isAddressRange(cidr, 8)), 'be IPv4 ranges of /8 or smaller, such as 203.0.113.0/24');
}
