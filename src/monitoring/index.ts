export * from './model-monitor-template';
export * from './monitoring-check';
export * from './monitoring-events';
export * from './undelivered-events';
