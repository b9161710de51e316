export * from './monitoring-check';
