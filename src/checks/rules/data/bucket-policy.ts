import { Condition, isNotKnown } from '../../core/conditions';
import { isEveryResource, isLike } from '../../core/pattern';
import { isAbout, isForAnybody, mayBeForAnybody, Statement, statementsOf } from '../../core/policy';
import { refersTo } from '../../core/relations';
import { Resource } from '../../core/resource';
import { Template } from '../../core/template';
import { arnParts, Reference, Value, widest } from '../../core/value';

/** Statements of the policies of a bucket: undefined if only the deployment knows some of them. */
export function statementsAt(bucket: Resource, template: Template): Statement[] | undefined {
  const policies = template.near('AWS::S3::BucketPolicy').map((policy) => (
    { policy, isFor: refersTo(policy.at('Bucket').value, policy, bucket, 'BucketName') }
  ));
  const documents = policies.filter(({ isFor }) => isFor).map(({ policy }) => statementsOf(policy, 'PolicyDocument', bucket));
  if (documents.length === 0 && policies.some(({ isFor }) => isFor === undefined)) return undefined;
  return documents.includes(undefined) ? undefined : documents.flatMap((one) => one ?? []);
}

/** What a bucket's policy must deny, each on the bucket or on everything in it. */
const DENIED = [['s3:GetObject', '/q7/q7-z'], ['s3:PutObject', '/q7/q7-z'], ['s3:ListBucket', '']] as const;

/** Whether conditions are as they must be, and nothing else narrows them: undefined where only the deployment knows. */
type AreSo = (conditions: readonly Condition[]) => boolean | undefined;

/** Whether statements of a bucket's policy deny everybody to list, read and write, on conditions: undefined where only the deployment knows. */
export function isDenied(bucket: Resource, statements: readonly Statement[], areSo: AreSo): boolean | undefined {
  const answers = DENIED.map(([action, inside]) => {
    const all = statements.map((one) => denies(one, action, bucket, inside, areSo));
    return all.includes(true) ? true : all.includes(undefined) ? undefined : false;
  });
  return every(answers);
}

function denies(one: Statement, action: string, bucket: Resource, inside: string, areSo: AreSo): boolean | undefined {
  if (one.effect !== 'Deny') return false;
  return every([
    isAbout(one, action), isForAnybody(one) ? true : mayBeForAnybody(one) ? undefined : false, isOn(one, bucket, inside), areSo(one.conditions),
    one.isOpen || one.mayBeMissing ? undefined : true,
  ]);
}

function every(answers: readonly (boolean | undefined)[]): boolean | undefined {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

function isOn({ resources, isElsewhere }: Statement, bucket: Resource, inside: string): boolean | undefined {
  if (isElsewhere) return undefined;
  const answers = resources.map((one) => covers(one, bucket, `it${inside}`));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

function covers(pattern: Value, bucket: Resource, name: string): boolean | undefined {
  const text = pattern instanceof Reference ? String(pattern) : pattern;
  if (typeof text !== 'string') return undefined;
  const matches = (whole: string) => {
    const inside = inBuckets(whole, bucket);
    return inside === undefined ? isEveryResource(whole) : isLike(inside, name);
  };
  return matches(text) || (isNotKnown(text) && matches(widest(text)) ? undefined : false);
}

/** What a pattern says of buckets, with one name for this one, however it is written: undefined if it is no ARN of buckets. */
function inBuckets(text: string, bucket: Resource): string | undefined {
  const id = String(new Reference(bucket.logicalId)), arn = String(new Reference(bucket.logicalId, 'Arn')), { value: name } = bucket.at('BucketName');
  if (text.startsWith(arn)) return `it${text.slice(arn.length)}`;
  const [, , service, region, account, ...rest] = arnParts(text);
  if (service !== 's3' || region !== '' || account !== '') return undefined;
  const inside = rest.join(':');
  const known = [id, ...typeof name === 'string' && name !== '' ? [name] : []].find((one) => [one, `${one}/`, `${one}*`].some((start) => (
    start === one ? inside === one : inside.startsWith(start)
  )));
  return known === undefined ? inside : `it${inside.slice(known.length)}`;
}
