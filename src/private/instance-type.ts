/** Whether a type is one of some types, or of some families. */
export function isAmong(type: string, typesAndFamilies: readonly string[]): boolean {
  return typesAndFamilies.some((one) => (isFamily(one) ? type.startsWith(one.slice(0, -1)) : one === type));
}

/** Whether it is a type, and no family. */
export function isInstanceType(text: string): boolean {
  return INSTANCE_TYPE.test(text) && !isFamily(text);
}

/** Whether it is a family such as ml.m5.*. */
export function isFamily(typeOrFamily: string): boolean {
  return typeOrFamily.endsWith('.*');
}

/** A type such as ml.m5.xlarge, or a family such as ml.m5.*. */
export const INSTANCE_TYPE = /^ml\.[a-z0-9]+(-[a-z0-9]+)*\.(\*|nano|micro|small|medium|large|\d*xlarge|metal)$/;
