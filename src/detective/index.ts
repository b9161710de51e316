export * from './detective-controls';
export * from './detective-controls-props';
export type { DetectiveTrailOptions } from './detective-trail-options';
