export * from './monitoring-check';
export * from './undelivered-events';
