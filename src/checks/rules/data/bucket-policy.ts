import { Condition, isAbout, Statement, statementsOf } from '../../core/policy';
import { Resource, Template } from '../../core/template';
import { Reference, shown, Value } from '../../core/value';

/** Statements of the policies of a bucket: undefined if only the deployment knows some of them. */
export function statementsAt(bucket: Resource, template: Template): Statement[] | undefined {
  const policies = template.of('AWS::S3::BucketPolicy').filter((policy) => isFor(policy.at('Bucket').value, bucket));
  const documents = policies.map((policy) => statementsOf(policy, 'PolicyDocument', bucket));
  return documents.includes(undefined) ? undefined : documents.flatMap((one) => one ?? []);
}

function isFor(value: Value, bucket: Resource): boolean {
  if (value instanceof Reference) return value.logicalId === bucket.logicalId;
  const name = bucket.at('BucketName').value;
  return value !== undefined && name !== undefined && shown(value) === shown(name);
}

/**
 * Whether statements of a bucket's policy deny everybody to read, on a condition: undefined where only the deployment knows.
 *
 * @param isSo whether a condition is the one, undefined where only the deployment knows
 */
export function isDenied(statements: readonly Statement[], isSo: (condition: Condition) => boolean | undefined): boolean | undefined {
  const answers = statements.filter(isDenial).map((one) => {
    const conditions = one.conditions.map(isSo);
    const isOne = conditions.includes(true) ? true : conditions.includes(undefined) ? undefined : false;
    return isOne && (one.isOpen || one.mayBeMissing) ? undefined : isOne;
  });
  return answers.includes(true) ? true : answers.includes(undefined) || statements.some((one) => one.isOpen) ? undefined : false;
}

function isDenial(one: Statement): boolean {
  return one.effect === 'Deny' && isAbout(one, 's3:GetObject') !== false && (one.isAnybodyBut || one.principals.some(({ value }) => value === '*'));
}
