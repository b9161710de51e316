import { modelOf, Shape } from '../oracles/botocore';

/** CloudTrail writes parameters with a small letter at their beginning, whatever the API calls them; S3's bucket has a name of its own. */
const lowered = (name: string) => (name === 'Bucket' ? 'bucketName' : name[0].toLowerCase() + name.slice(1));

/** Events that are not called as the operation of the API: CloudTrail names those of S3 by the permission. */
const OTHER_NAMES: Record<string, [service: string, operation: string] | undefined> = {
  's3:PutBucketPublicAccessBlock': ['s3', 'PutPublicAccessBlock'],
  's3:DeleteBucketPublicAccessBlock': ['s3', 'DeletePublicAccessBlock'],
  's3:PutAccountPublicAccessBlock': ['s3control', 'PutPublicAccessBlock'],
};

/** What an operation's request lacks of a path of parameters as CloudTrail writes them; undefined where it has them all. */
export function missingParameter(source: string, eventName: string, path: string): string | undefined {
  const [service, operation] = OTHER_NAMES[`${source}:${eventName}`] ?? [source, eventName];
  const { operations, shapes } = modelOf(service), input = operations[operation]?.input;
  if (operations[operation] === undefined) return `${service} has no operation ${operation}`;
  let shape: Shape | undefined = input && shapes[input.shape];
  for (const step of path === '' ? [] : path.match(/\w+/g)!) {
    const next: string | undefined = /^\d+$/.test(step)
      ? shape?.member?.shape
      : Object.entries(shape?.members ?? {}).find(([name]) => lowered(name) === step)?.[1].shape;
    if (next === undefined) return `${operation} has no parameter ${step} (of ${path})`;
    shape = shapes[next];
  }
  return undefined;
}
