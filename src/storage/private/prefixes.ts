/** A part of a bucket: no slash at the front, one at the end, no wildcard. */
export const PREFIX = /^(?!\/)([A-Za-z0-9!_.'()=-]+\/)+$/;

/** The rule in words. */
export const PREFIX_RULE = 'be a prefix that ends with a slash and begins with none, such as sales/, without wildcards';
