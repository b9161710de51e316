export * from './data-preparation';
export * from './data-preparation-options';
export * from './data-source';
export * from './environment-storage';
export * from './storage-grants';
export * from './storage-options';
