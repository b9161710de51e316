/** Where monitoring keeps what, in the capture bucket: folders whose contents have different writers and readers. */

/** What endpoints capture, under the release that is deployed. */
export const CAPTURES = 'captures/';
/** What the right answers were, as soon as somebody knows. */
export const GROUND_TRUTH = 'ground-truth/';
/** What monitors found. */
export const MONITORING_REPORTS = 'monitoring/';
