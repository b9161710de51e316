import { createHash } from 'crypto';
import { extname } from 'path';
import { DeleteObjectCommand, GetObjectCommand, GetObjectTaggingCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { CloudFormationCustomResourceDeleteEvent, CloudFormationCustomResourceEvent } from 'aws-lambda';
import { contentOf } from './content';
import { groupOf, propertiesOf, Source } from './properties';
import { endingWithEvent, patient } from '../aws/sdk';
import { Outcome } from '../cloudformation/respond';

/** The client of Amazon S3. */
export const s3 = endingWithEvent(new S3Client(patient(30_000)));

/**
 * Says whose an object is. Stack *and* resource: when a resource is renamed in its stack, the new one has written the object
 * before the old one is deleted.
 */
const STACK_TAG = 'cdk-secure-mlops:published-by-stack';
const RESOURCE_TAG = 'cdk-secure-mlops:published-by-resource';

/** Reads an object. */
export async function read({ Bucket, Key }: Source): Promise<Uint8Array> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Body!.transformToByteArray();
}

/** Writes an object. Written again, it is the same: a repeated event does no harm. */
export async function publish({ ResourceProperties, StackId, LogicalResourceId }: CloudFormationCustomResourceEvent): Promise<Outcome> {
  const properties = propertiesOf(ResourceProperties);
  const { BucketName: bucket, Key: key } = properties;
  const content = await contentOf(properties, read);
  const digest = createHash('sha256').update(content);
  const sha256 = digest.copy().digest('hex');
  try {
    const { VersionId } = await s3.send(new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: content,
      ContentType: properties.ContentType,
      ChecksumSHA256: digest.digest('base64'), // S3 refuses what arrives otherwise
      Tagging: tagging({ ...properties.Tags, [STACK_TAG]: StackId, [RESOURCE_TAG]: LogicalResourceId }),
      ...properties.EncryptionKeyId !== undefined && { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: properties.EncryptionKeyId },
    }));
    return {
      physicalResourceId: `${bucket}/${key}`,
      data: { Key: key, VersionId: VersionId ?? 'null', Sha256: sha256 },
    };
  } catch (error) {
    throw new Error(`${bucket}/${key} is as it was: it could not be written (${told(error)})`);
  }
}

/**
 * Writes many objects, whose sources are in one place. Later ones are told the digests of those before them that are known only now.
 * None is ever deleted: whoever was launched with one reads it.
 */
export async function publishAll(event: CloudFormationCustomResourceEvent): Promise<Outcome> {
  const { BucketName, Address, Sources, Objects } = groupOf(event.ResourceProperties);
  if (event.RequestType === 'Delete') return { physicalResourceId: BucketName, reason: `${BucketName} keeps its objects: projects that were launched read them` };
  const digests: Record<string, string> = {};
  for (const { Sha256, Digest, ...object } of Objects) {
    const source = object.Source ?? { Bucket: Sources!.Bucket, Key: `${Sources!.Prefix}${Sha256}${extname(object.Key)}`, Sha256 };
    const properties = { ...event.ResourceProperties, ...object, BucketName, Source: source, Replacements: { ...object.Replacements, ...digests } };
    const { data } = await publish({ ...event, ResourceProperties: properties });
    if (Digest !== undefined) digests[Digest] = String(data!.Sha256);
  }
  return { physicalResourceId: BucketName, data: { Address, ...digests } };
}

/**
 * Deletes an object that this resource published. CloudFormation also asks for that after an update that gave the object
 * another key.
 */
export async function withdraw({ PhysicalResourceId, StackId, LogicalResourceId }: CloudFormationCustomResourceDeleteEvent): Promise<Outcome> {
  const slash = PhysicalResourceId.indexOf('/');
  const object = { Bucket: PhysicalResourceId.slice(0, slash), Key: PhysicalResourceId.slice(slash + 1) };
  const done = (reason: string): Outcome => ({ physicalResourceId: PhysicalResourceId, reason: `${PhysicalResourceId} ${reason}` });
  try {
    const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand(object));
    const has = (tag: string, value: string) => TagSet.some(({ Key, Value }) => Key === tag && Value === value);
    if (!has(STACK_TAG, StackId) || !has(RESOURCE_TAG, LogicalResourceId)) {
      return done('stays: its tags say that it was not published by this resource of this stack, or that another has published it since');
    }
    await s3.send(new DeleteObjectCommand(object));
    return done('was deleted');
  } catch (error) {
    if (isGone(error)) return done('was gone already');
    throw new Error(`${PhysicalResourceId} is still there: it could not be deleted (${told(error)})`);
  }
}

/** As S3 reads it: in the request that writes the object, so that no object is ever without them. */
function tagging(tags: Record<string, string>): string {
  return Object.entries(tags).map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
}

/** S3 says MethodNotAllowed where the newest version says that the object is deleted. */
function isGone(error: unknown): boolean {
  return error instanceof Error && ['NoSuchBucket', 'NoSuchKey', 'MethodNotAllowed'].includes(error.name);
}

/** An error as people read it. */
export function told(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
