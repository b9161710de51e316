export * from './spending-controls';
export * from './spending-controls-props';
export * from './spending-limit';
