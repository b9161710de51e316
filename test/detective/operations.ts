import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { gunzipSync } from 'zlib';
import { pythonEnvironment } from '../../integ/python/environment';

interface Shape {
  readonly type: string;
  readonly members?: Record<string, { readonly shape: string; readonly locationName?: string }>;
  readonly member?: { readonly shape: string };
}

interface Service {
  readonly operations: Record<string, { readonly input?: { readonly shape: string } } | undefined>;
  readonly shapes: Record<string, Shape>;
}

const models = new Map<string, Service>();
let data: string | undefined;

function modelOf(service: string): Service {
  data ??= join(pythonEnvironment(), '..', '..', 'lib');
  const [python] = readdirSync(data).filter((name) => name.startsWith('python')), folder = join(data, python, 'site-packages', 'botocore', 'data', service);
  const versions = readdirSync(folder).sort(), newest = versions[versions.length - 1];
  const model = models.get(service) ?? JSON.parse(gunzipSync(readFileSync(join(folder, newest, 'service-2.json.gz'))).toString()) as Service;
  models.set(service, model);
  return model;
}

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
