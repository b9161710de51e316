import { Settings } from './settings';
import { Version } from './version';
import { S3, S3Object } from '../aws/s3';

/** What the group's last release was of, and which execution of the pipeline made it. */
interface Last {
  readonly modelPackageArn: string;
  /** When the version was changed last, in seconds: an approval is a change. */
  readonly modified?: number;
  readonly execution?: string;
}

/** What a release is: one that something new has led to, or one that is on its way already, because AWS tells of one approval several times. */
export type ReleaseState = 'new' | 'repeated';

/**
 * Whether this execution brings something new. An approval that another execution has released is none, as long as the version
 * is what it was then; whatever else has started the pipeline, a push or a person, wants its release again.
 */
export async function stateOf(s3: S3, version: Version, settings: Settings): Promise<ReleaseState> {
  if (settings.startedBy !== 'approved') return 'new';
  const last = await lastOf(s3, recordOf(settings));
  const isSame = last?.modelPackageArn === version.arn && last.modified === version.described.LastModifiedTime;
  return isSame && last.execution !== settings.execution ? 'repeated' : 'new'; // an execution's build may be tried again
}

/** Keeps what was released, for events that come late. */
export async function remember(s3: S3, { arn, described }: Version, settings: Settings): Promise<void> {
  const last: Last = { modelPackageArn: arn, modified: described.LastModifiedTime, execution: settings.execution };
  await s3.write(recordOf(settings), Buffer.from(JSON.stringify(last)), { kmsKeyId: settings.releasesKeyArn, contentType: 'application/json', metadata: {} });
}

/** Beside the releases of the group. Nothing is deployed from it. */
function recordOf({ releasesBucket, releasePrefix, modelPackageGroupName }: Settings): S3Object {
  return { bucket: releasesBucket, key: `${releasePrefix}/${modelPackageGroupName}/last.json` };
}

async function lastOf(s3: S3, record: S3Object): Promise<Last | undefined> {
  if (await s3.look(record) === undefined) return undefined;
  try {
    return JSON.parse(await s3.read(record)) as Last;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
