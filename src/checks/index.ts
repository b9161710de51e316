export * from './secure-mlops-checks';
export * from './secure-mlops-checks-props';
