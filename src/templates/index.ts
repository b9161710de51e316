export * from './self-contained-template';
export * from './template-content';
export * from './template-format';
export * from './template-parameter-props';
