export * from './data-access';
export * from './data-source';
export * from './environment-storage';
export * from './project-buckets';
export * from './release-images';
export * from './storage-grants';
export * from './storage-options';
