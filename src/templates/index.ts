export * from './self-contained-template';
export * from './template-content';
export * from './template-parameter-props';
