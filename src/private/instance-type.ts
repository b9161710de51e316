import { Annotations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isKnown } from './input-check';
import { describe } from './invalid-input';

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
export const INSTANCE_TYPE = /^ml\.[a-z0-9]+(-[a-z0-9]+)*\.(\*|nano|micro|small|medium|large|\d*xlarge|metal|interactive)$/;

/**
 * Instance types that SageMaker's API has in any of its lists, as families and their sizes: the model of botocore 1.43.106,
 * read on 2026-12-01. A test compares them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
 */
const SIZES_BY_FAMILIES: readonly [families: string, sizes: string][] = [
  ['c4', 'large xlarge 2xlarge 4xlarge 8xlarge'],
  ['c5', 'large xlarge 2xlarge 4xlarge 9xlarge 12xlarge 18xlarge 24xlarge'],
  ['c5d c5n', 'large xlarge 2xlarge 4xlarge 9xlarge 18xlarge'],
  ['c6a m6a', 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge'],
  ['c6g c7g m6g m7g r7gd', 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge'],
  ['c6gd c6gn m6gd m7i-flex m8i-flex r6g r6gd r8i-flex', 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge'],
  ['c6i c6id c6in m6i m6id r6i r6id', 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge'],
  ['c7i m7i r7i', 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge'],
  ['c7i-flex c8i-flex g4dn', 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge'],
  ['c8g m8g r8g', 'medium large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge'],
  ['c8i', 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge 96xlarge'],
  ['dl1 p3dn p4d p4de', '24xlarge'],
  ['g5 g6 g6e', 'xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 48xlarge'],
  ['g7 g7e', '2xlarge 4xlarge 8xlarge 12xlarge 24xlarge 48xlarge'],
  ['geospatial', 'interactive'],
  ['gr6', '4xlarge 8xlarge'],
  ['i3en', 'large xlarge 2xlarge 3xlarge 6xlarge 12xlarge 24xlarge'],
  ['inf1', 'xlarge 2xlarge 6xlarge 24xlarge'],
  ['inf2', 'xlarge 8xlarge 24xlarge 48xlarge'],
  ['m4', 'xlarge 2xlarge 4xlarge 10xlarge 16xlarge'],
  ['m5 m5d r5 r5d', 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge'],
  ['m8i r8i', 'large xlarge 2xlarge 4xlarge 8xlarge 12xlarge 16xlarge 24xlarge 32xlarge 48xlarge 96xlarge'],
  ['p2', 'xlarge 8xlarge 16xlarge'],
  ['p3', '2xlarge 8xlarge 16xlarge'],
  ['p5', '4xlarge 48xlarge'],
  ['p5e p5en p6-b200 p6-b300', '48xlarge'],
  ['p6e-gb200', '36xlarge'],
  ['t2', 'medium large xlarge 2xlarge'],
  ['t3', 'micro small medium large xlarge 2xlarge'],
  ['trn1', '2xlarge 32xlarge'],
  ['trn1n', '32xlarge'],
  ['trn2', '3xlarge 48xlarge'],
];

/** Each type that is known. */
export const KNOWN_INSTANCE_TYPES: readonly string[] = SIZES_BY_FAMILIES.flatMap(([families, sizes]) => (
  families.split(' ').flatMap((family) => sizes.split(' ').map((size) => `ml.${family}.${size}`))
));

/**
 * Warns of types that SageMaker has not, and of families without a type. It is no error: AWS adds types between releases of this
 * library, and a name that is too many in a list allows nothing.
 */
export function warnOfUnknownTypes(scope: IConstruct, property: string, typesAndFamilies: readonly string[] = []): void {
  if (!isKnown(typesAndFamilies)) return;
  const unknown = typesAndFamilies.filter((one) => isKnown(one) && !KNOWN_INSTANCE_TYPES.some((type) => isAmong(type, [one])));
  if (unknown.length === 0) return;
  Annotations.of(scope).addWarningV2('cdk-secure-mlops:unknownInstanceTypes', describe({
    property, value: unknown, rule: 'match instance types of SageMaker that are known', remedy: 'Nothing runs on what does not exist: correct the name, or acknowledge this if AWS has added it since',
  }));
}
