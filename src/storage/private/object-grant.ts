import { Stack } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ofItsOwner } from './bucket-owner';
import { DELETE, ENCRYPT_OUTPUT } from './perms';
import { DECRYPT, ENCRYPT, LIST, LOCATE, READ, WRITE } from '../../perimeter/object-actions';
import { checkRequired, GRANTEE } from '../../private/required-input';

/** What a grant on objects is about. */
export interface ObjectGrantOptions {
  /** Object keys begin with one of them; an empty one stands for the whole bucket. */
  readonly prefixes: string[];
  readonly read?: boolean;
  readonly write?: boolean;
  /** Whether jobs write, whose requests name the key. */
  readonly byJobs?: boolean;
  readonly remove?: boolean;
  /** Whether the bucket may be listed and found as well. */
  readonly list?: boolean;
  /** How requests must come, besides. */
  readonly conditions?: Record<'Bool', Record<string, unknown>>;
}

/**
 * Grants access to objects on the identity's side only, the key along with them: resource policies are the perimeter's,
 * and name principals by text.
 */
export function grantObjects(bucket: IBucket, grantee: IGrantable, options: ObjectGrantOptions): Grant {
  checkRequired(bucket, { grantee }, { grantee: GRANTEE });
  const { prefixes, read = false, write = false, byJobs = false, remove = false, list = true, conditions } = options;
  const objects = Grant.addToPrincipal({
    grantee,
    actions: [...(read ? READ : []), ...(write ? WRITE : []), ...(remove ? DELETE : [])],
    resourceArns: prefixes.map((prefix) => bucket.arnForObjects(`${prefix}*`)),
    conditions: { ...conditions, ...ofItsOwner(bucket) },
  });
  const grant = list ? objects.combine(grantListing(bucket, grantee, prefixes)) : objects;
  if (bucket.encryptionKey === undefined) return grant;
  // `conditions` stay with S3's actions: S3 itself asks the key for the caller, so KMS always sees `aws:ViaAWSService`, whoever asked S3.
  const { urlSuffix } = Stack.of(bucket);
  const { region } = bucket.env; // a bucket brought from outside may be in another region than the stack that knows of it
  const resourceArns = [bucket.encryptionKey.keyArn];
  const [s3, sagemaker] = ['s3', 'sagemaker'].map((service) => `${service}.${region}.${urlSuffix}`);
  const through = (service: string | string[]) => ({ StringEquals: { 'kms:ViaService': service } });
  const grants = grant.combine(Grant.addToPrincipal({ grantee, actions: write ? ENCRYPT : DECRYPT, resourceArns, conditions: through(s3) }));
  if (!byJobs) return grants;
  return grants.combine(Grant.addToPrincipal({ grantee, actions: ENCRYPT_OUTPUT, resourceArns, conditions: through([s3, sagemaker]) }));
}

function grantListing(bucket: IBucket, grantee: IGrantable, prefixes: string[]): Grant {
  const whole = prefixes.includes('');
  const listing = Grant.addToPrincipal({
    grantee,
    actions: LIST,
    resourceArns: [bucket.bucketArn],
    conditions: { ...whole ? undefined : { StringLike: { 's3:prefix': prefixes.flatMap((prefix) => [prefix, `${prefix}*`]) } }, ...ofItsOwner(bucket) },
  });
  return listing.combine(Grant.addToPrincipal({ grantee, actions: LOCATE, resourceArns: [bucket.bucketArn], conditions: ofItsOwner(bucket) }));
}
