/** The floor of the peer range, which consumers of every language are checked with. */
export const FLOOR = { cdk: '2.257.0', constructs: '10.5.1' };

/** The newest that was out when this was written: raised by hand, so that a check fails for what we changed. */
export const NEWEST = { cdk: '2.276.0', constructs: '10.5.1' };

/** The last cdk-nag that is an aspect, and the first that is a plugin, which takes aws-cdk-lib 2.258.0. */
export const NAG = { aspect: '2.38.2', plugin: '3.0.2' };
