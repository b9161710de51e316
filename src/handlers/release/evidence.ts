import { Copied, copied, isNewerThan, pinned } from './artifact';
import { Settings } from './settings';
import { Described, FileSource, objectOf } from './version';
import { S3 } from '../aws/s3';

/** A file that says something of a version: what it is, and where. */
interface Claim {
  /** Such as `metrics/model-quality-statistics`. */
  readonly what: string;
  readonly uri: string;
}

/** What goes along with an artifact: a payload to test with, metrics, baselines. */
export interface Evidence {
  /** The copies, by what they are. */
  readonly files: Record<string, Copied>;
  /** Why others were not copied, by what they are. */
  readonly notCopied: Record<string, string>;
}

export const SAMPLE_PAYLOAD = 'sample-payload';
export const MODEL_QUALITY = 'metrics/model-quality-statistics';

/** Copies what a version names beside its artifact. Without it there is less to test with, and to decide by, but a release all the same. */
export async function evidenceOf(s3: S3, described: Described, folder: string, settings: Settings): Promise<Evidence> {
  const files: Record<string, Copied> = {};
  const notCopied: Record<string, string> = {};
  const buckets = [settings.modelsBucket, settings.reportsBucket];
  for (const { what, uri } of claimsOf(described)) {
    const object = objectOf(uri);
    if (object === undefined || !buckets.includes(object.bucket)) {
      notCopied[what] = `${uri} is not a file in ${buckets.filter(Boolean).join(' or ')}`;
      continue;
    }
    const source = await pinned(s3, object);
    if (source === undefined) notCopied[what] = `${uri} is not there`;
    else if (isNewerThan(described.CreationTime, source)) notCopied[what] = `${uri} was overwritten after the version was registered`;
    else files[what] = await copied(s3, source, { bucket: settings.releasesBucket, key: `${folder}/${what}${endingOf(object.key)}` }, settings.releasesKeyArn);
  }
  return { files, notCopied };
}

function claimsOf({ SamplePayloadUrl, ModelMetrics, DriftCheckBaselines, CustomerMetadataProperties = {} }: Described): Claim[] {
  return [
    ...SamplePayloadUrl ? [{ what: SAMPLE_PAYLOAD, uri: SamplePayloadUrl }] : [],
    ...sourcesOf('metrics', ModelMetrics),
    ...sourcesOf('baselines', DriftCheckBaselines),
    ...Object.entries(CustomerMetadataProperties)
      .filter(([, value]) => value.startsWith('s3://'))
      .map(([name, uri]) => ({ what: `properties/${kebab(name)}`, uri })),
  ];
}

function sourcesOf(folder: string, kinds: Record<string, Record<string, FileSource>> = {}): Claim[] {
  return Object.entries(kinds).flatMap(([kind, sources]) => Object.entries(sources).flatMap(([name, { S3Uri }]) => (
    S3Uri ? [{ what: `${folder}/${kebab(kind)}-${kebab(name)}`, uri: S3Uri }] : []
  )));
}

/** `model-quality` of `ModelQuality`. */
function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').replace(/[^a-zA-Z0-9]+/g, '-').toLowerCase();
}

/** `.tar.gz` of `payload/sample.tar.gz`: what a file is, people see by that. */
function endingOf(key: string): string {
  return /(\.tar)?\.[a-zA-Z0-9]{1,8}$/.exec(key)?.[0] ?? '';
}
