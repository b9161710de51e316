/** An object as CloudFormation describes it. All of it is text. */
export interface Properties {
  readonly BucketName: string;
  readonly Key: string;
  /** Where its bytes are… */
  readonly Source?: Source;
  /** …or a text… */
  readonly Content?: string;
  /** …which is written here as it is, or compressed and in base64. */
  readonly Encoding?: 'text' | 'gzip' | 'brotli';
  /** What stands in place of what, in the object: names that are known only when the stack is deployed. */
  readonly Replacements?: Record<string, string>;
  readonly ContentType?: string;
  readonly Tags?: Record<string, string>;
  /** A key other than the bucket's own. */
  readonly EncryptionKeyId?: string;
}

/** An object that is published, and the digest by which it is known. */
export interface Source {
  readonly Bucket: string;
  readonly Key: string;
  readonly Sha256: string;
}

/** Many objects that are published together. */
export interface Group {
  readonly BucketName: string;
  /** What their addresses begin with. */
  readonly Address: string;
  /** Where the sources are, and what their keys begin with, before digest and extension. */
  readonly Sources?: { readonly Bucket: string; readonly Prefix: string };
  /** What those are that do not say it themselves. */
  readonly ContentType?: string;
  readonly Objects: Member[];
}

/** One of them, which says where its source is if it is elsewhere. */
export interface Member extends Omit<Properties, 'BucketName' | 'Content' | 'Encoding'> {
  readonly Sha256: string;
  /** What stands for the digest of what was published in those after it. */
  readonly Digest?: string;
}

/** S3 allows ten, and two are ours. */
const MOST_TAGS = 8;

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isMap = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string');
/** Whether an object is said as one that is published must be. */
export const isSource = ({ Bucket, Key, Sha256 }: Partial<Source>): boolean => isText(Bucket) && isText(Key) && /^[0-9a-f]{64}$/.test(String(Sha256));
/** Clients read `..` in an address as the folder above, and S3 as a name. */
const staysItself = (key: string): boolean => !key.split('/').some((part) => part === '.' || part === '..');

/** Whether a value holds, and how it must be. */
const RULES: Record<keyof Properties, [required: boolean, holds: (value: never) => boolean, rule: string]> = {
  BucketName: [true, isText, 'the name of a bucket'],
  // Such a key is the same in a URL; and the answer to CloudFormation, with the key in it, has at most 4,096 characters.
  Key: [true, (key: string) => /^[\w!.*'()/-]{1,512}$/.test(key) && staysItself(key), '1–512 letters, digits and characters of !_.*\'()/-, without a folder . or ..'],
  Source: [false, (source: Source) => isMap(source) && isSource(source), 'the Bucket, Key and Sha256 of an object'],
  Content: [false, (text) => typeof text === 'string', 'a text'],
  Encoding: [false, (encoding: string) => ['text', 'gzip', 'brotli'].includes(encoding), 'text, gzip or brotli'],
  Replacements: [false, (texts: object) => isMap(texts) && !('' in texts), 'texts by what they stand in place of'],
  ContentType: [false, isText, 'a media type'],
  Tags: [false, (tags: object) => isMap(tags) && Object.keys(tags).length <= MOST_TAGS, `at most ${MOST_TAGS} texts by their names`],
  EncryptionKeyId: [false, isText, 'the id or ARN of a key'],
};

/** Checks what CloudFormation gave; the error names everything that is wrong with it. */
export function propertiesOf(given: Record<string, unknown>): Properties {
  const faults = Object.entries(RULES).flatMap(([name, [required, holds, rule]]) => {
    const value = given[name];
    if (value === undefined) return required ? [`${name} is missing`] : [];
    return holds(value as never) ? [] : [`${name} must be ${rule}, got ${JSON.stringify(value).slice(0, 100)}`];
  });
  if ((given.Content === undefined) === (given.Source === undefined)) faults.push('either Source or Content must be given');
  if (faults.length > 0) throw new Error(`nothing was published${toWhat(given)}: ${faults.join('; ')}`);
  return given as unknown as Properties;
}

/** Checks what is said of many objects together; what is said of each is checked as it is published. */
export function groupOf(given: Record<string, unknown>): Group {
  const { BucketName, Sources, Objects } = given as unknown as Partial<Group>;
  const areTold = Array.isArray(Objects) && Objects.every(({ Key, Source }) => isText(Key) && (Source ?? Sources) !== undefined);
  if (isText(BucketName) && areTold) return given as unknown as Group;
  throw new Error('nothing was published: BucketName must be the name of a bucket, and Objects a list, each with a Key, and a Source unless Sources says where all are');
}

/** Bucket and key, as far as they can be said. */
function toWhat(given: Record<string, unknown>): string {
  const known = (['BucketName', 'Key'] as const).filter((name) => given[name] !== undefined && RULES[name][1](given[name] as never)).map((name) => given[name]);
  return known.length > 0 ? ` to ${known.join('/')}` : '';
}
