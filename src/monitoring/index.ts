export * from './model-monitor-template';
export * from './monitoring-check';
export * from './undelivered-events';
