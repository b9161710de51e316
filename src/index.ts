export * from './encryption';
export * from './environment';
export * from './identity';
export * from './network';
export * from './perimeter';
export * from './registry';
export * from './storage';
export * from './studio';
