import { ManagedNetworkOptions } from './environment-network-props';
import { MASK_IN_TOKEN } from './private/cidr-allocator';

const BYTE = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
const LARGEST = 16;
/** Ranges as small as this leave room to grow, and fit into a pattern that people can read. */
const SMALLEST = 22;

/** What a CIDR block that is given at deployment must be, so that the subnets of a network have room in it. */
export function rangeRule(options: ManagedNetworkOptions): { readonly pattern: string; readonly rule: string } {
  const { zoneCount, availabilityZones, subnetMask, internetAccess } = options;
  const zones = availabilityZones?.length ?? zoneCount ?? 2;
  const blocks = zones + (internetAccess?._leadsOut ? 1 : 0);
  const smallest = Math.min((subnetMask ?? MASK_IN_TOKEN) - Math.ceil(Math.log2(blocks)), SMALLEST);
  const masks = Array.from({ length: Math.max(0, smallest - LARGEST + 1) }, (_, index) => LARGEST + index);
  return {
    pattern: `^${BYTE}\\.${BYTE}\\.(${masks.map((mask) => `(${startsOf(mask).join('|')})\\.0/${mask}`).join('|')})$`,
    rule: `be an IPv4 range of /${LARGEST}${smallest > LARGEST ? ` to /${smallest}` : ''} that begins where a range of its size begins, such as 10.0.0.0/${LARGEST}`,
  };
}

/** The third bytes that ranges of a mask begin with. */
function startsOf(mask: number): number[] {
  return Array.from({ length: 2 ** (mask - LARGEST) }, (_, index) => index * 2 ** (24 - mask));
}
