import { Statement, statementsOf } from '../../core/policy';
import { Resource, Template } from '../../core/template';
import { Reference, shown, Value } from '../../core/value';

/** Statements of the policies of a bucket: undefined if only the deployment knows some of them. */
export function statementsAt(bucket: Resource, template: Template): Statement[] | undefined {
  const policies = template.of('AWS::S3::BucketPolicy').filter((policy) => isFor(policy.at('Bucket').value, bucket));
  const documents = policies.map((policy) => statementsOf(policy, 'PolicyDocument'));
  return documents.includes(undefined) ? undefined : documents.flatMap((one) => one ?? []);
}

function isFor(value: Value, bucket: Resource): boolean {
  if (value instanceof Reference) return value.logicalId === bucket.logicalId;
  const name = bucket.at('BucketName').value;
  return value !== undefined && name !== undefined && shown(value) === shown(name);
}

/** Whether a statement denies everybody something. */
export function isDenial({ effect, principals, isAnybodyBut }: Statement): boolean {
  return effect === 'Deny' && (isAnybodyBut || principals.some(({ value }) => value === '*'));
}
