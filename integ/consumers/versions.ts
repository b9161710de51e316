/** The floor of the peer range, which consumers of every language are checked with. */
export const FLOOR = { cdk: '2.257.0', constructs: '10.5.1' };

/** The newest that was out when this was written: raised by hand, so that a check fails for what we changed. */
export const NEWEST = { cdk: '2.276.0', constructs: '10.5.1' };
