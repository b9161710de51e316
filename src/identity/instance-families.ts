/**
 * Instance families with local NVMe storage, which is encrypted by hardware: the API refuses a volume key for them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
 */
export const LOCAL_STORAGE = [
  'm5d', 'm6id', 'm6idn', 'm6gd', 'm7gd', 'c5d', 'c6id', 'c6gd', 'c7gd', 'r5d', 'r6id', 'r6gd', 'r7gd', 'g4dn', 'g5', 'g6', 'g6e', 'g7', 'g7e', 'dl1',
  'p4d', 'p4de', 'p5', 'p5e', 'p5en', 'p6-b200', 'p6-b300', 'p6e-gb200', 'trn1', 'trn1n', 'trn2',
].map((family) => `ml.${family}.*`);

/** Whether a type has local storage, for which SageMaker takes no volume key. */
export function hasLocalStorage(instanceType: string): boolean {
  return LOCAL_STORAGE.some((family) => instanceType.startsWith(family.replace('*', '')));
}

/** General-purpose, compute, memory and single- to few-GPU families; nothing that costs tens of dollars an hour by itself. */
export const USUAL = ['t3', 'm5', 'm5d', 'm6i', 'm7i', 'c5', 'c5d', 'c6i', 'c7i', 'r5', 'r5d', 'r6i', 'r7i', 'g4dn', 'g5', 'g6'].map((family) => `ml.${family}.*`);
