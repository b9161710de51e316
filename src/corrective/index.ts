export * from './corrective-action';
export * from './corrective-controls';
export * from './corrective-controls-props';
