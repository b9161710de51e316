import { Copied, copied, isNewerThan, Pinned, pinned } from './artifact';
import { linkTo } from './console-link';
import { Ecr } from './ecr';
import { evidenceOf, SAMPLE_PAYLOAD } from './evidence';
import { hasMoved, pinnedImage, releasedImage } from './image';
import { ReleaseState, remember, stateOf } from './last-release';
import { Metrics, metricsOf, summaryOf } from './metrics';
import { Sample, sampleOf } from './sample';
import { Settings } from './settings';
import { changesOf, Version, Versions } from './version';
import { Client } from '../aws/client';
import { ownCredentials } from '../aws/credentials';
import { asking } from '../aws/faults';
import { nameOf, S3 } from '../aws/s3';

/** What was released, and where it is. Later steps deploy this, and nothing that the version names. */
export interface Release {
  readonly modelPackageArn: string;
  readonly modelPackageGroupName: string;
  readonly modelPackageVersion: number;
  /** By its digest. */
  readonly image: string;
  readonly modelDataUrl: string;
  readonly artifact: Copied;
  /** Environment variables of the container, as they were registered. */
  readonly environment: Record<string, string>;
  readonly samplePayload?: Copied;
  /** Everything that was copied beside the artifact, by what it is. */
  readonly files: Record<string, Copied>;
  readonly notCopied: Record<string, string>;
  readonly metrics: Metrics;
  /** The metrics in one line. */
  readonly summary: string;
  readonly properties: Record<string, string>;
  readonly state: ReleaseState;
  /** Where people look at the version. */
  readonly link: string;
}

/**
 * Copies an approved version as it was approved. What is copied is held fast first, by version and by digest; at the end the
 * version is described again, so that what changed meanwhile is not deployed by half.
 */
export async function releaseOf(settings: Settings, say: (text: string) => void): Promise<{ release: Release; sample?: Sample }> {
  const { region, releasesBucket, releasesKeyArn, releasesRepository, releasePrefix, modelPackageGroupName } = settings;
  const credentials = ownCredentials();
  const account = await accountOf(new Client({ name: 'sts', region }, credentials));
  const versions = new Versions(settings, new Client({ name: 'sagemaker', region }, credentials));
  const s3 = new S3(region, credentials);
  const ecr = new Ecr(region, credentials);

  const arn = settings.modelPackageArn ?? await versions.newest();
  refuseForeign(arn, account, settings);
  const version = await versions.approved(arn);
  const state = await stateOf(s3, version, settings);
  say(state === 'new' ? `Releasing ${arn}` : `${arn} is released already, as it was approved: nothing is deployed again`);
  const source = await pinnedArtifact(s3, version);
  const image = await pinnedImage(ecr, version.image, version.imageDigest);

  const folder = `${releasePrefix}/${modelPackageGroupName}/${version.number}/${source.object.versionId}`;
  const artifact = await copied(s3, source, { bucket: releasesBucket, key: `${folder}/model.tar.gz` }, releasesKeyArn);
  say(`${nameOf(source.object)} is copied to ${nameOf(artifact)}, SHA-256 ${artifact.sha256}`);
  const uri = await releasedImage(ecr, account, image, releasesRepository, `${modelPackageGroupName}-${version.number}-${image.digest.slice(7, 19)}`);
  say(uri === image.uri ? `The image stays where it is, ${uri}` : `The image is copied to ${uri}`);
  const evidence = await evidenceOf(s3, version.described, folder, settings);
  for (const [what, reason] of Object.entries(evidence.notCopied)) say(`Not copied: ${what}, ${reason}`);
  const metrics = await metricsOf(s3, evidence), sample = await sampleOf(s3, evidence);

  const changes = changesOf(version, await versions.approved(arn));
  if (changes.length > 0) throw new Error(`${arn} was changed while it was copied (${changes.join(', ')}): it must be approved as it is now, and released again`);
  if (await hasMoved(ecr, image)) throw new Error(`the tag of the image ${version.image} was moved while it was copied: release again`);
  const release: Release = {
    modelPackageArn: arn,
    modelPackageGroupName,
    modelPackageVersion: version.number,
    image: uri,
    modelDataUrl: nameOf({ bucket: artifact.bucket, key: artifact.key }),
    artifact,
    environment: version.variables,
    samplePayload: evidence.files[SAMPLE_PAYLOAD],
    ...evidence,
    metrics,
    summary: summaryOf(metrics),
    properties: version.described.CustomerMetadataProperties ?? {},
    state,
    link: linkTo(modelPackageGroupName, settings),
  };
  if (state === 'new') await remember(s3, version, settings);
  return { release, sample };
}

async function accountOf(sts: Client): Promise<string> {
  return (await asking('sts:GetCallerIdentity', 'ourselves', () => sts.query('2011-06-15', 'GetCallerIdentity', {}))).Account;
}

/** An ARN may write the group's name in lower case; SageMaker's description says it as it is. */
function refuseForeign(arn: string, account: string, { region, modelPackageGroupName }: Settings): void {
  const [, , , itsRegion, itsAccount, resource] = arn.split(':');
  if (itsAccount !== account) throw new Error(`${arn} is of the account ${itsAccount}, and this pipeline releases versions of ${account}`);
  if (itsRegion !== region) throw new Error(`${arn} is in ${itsRegion}, and this pipeline releases versions in ${region}`);
  const group = resource.split('/')[1];
  if (group.toLowerCase() !== modelPackageGroupName.toLowerCase()) throw new Error(`${arn} is of the group ${group}, and this pipeline releases ${modelPackageGroupName}`);
}

/** The artifact as it was registered: what was written over it since is not what was evaluated and approved. */
async function pinnedArtifact(s3: S3, { arn, artifact, artifactETag, described }: Version): Promise<Pinned> {
  const source = await pinned(s3, artifact);
  if (source === undefined) throw new Error(`the artifact of ${arn}, ${nameOf(artifact)}, is not there`);
  const { eTag, lastModified, versionId } = source.version;
  const overwritten = artifactETag !== undefined && artifactETag !== eTag;
  if (overwritten || isNewerThan(described.CreationTime, source)) {
    throw new Error(`the artifact of ${arn}, ${nameOf(artifact)}, was overwritten after the version was registered (${lastModified.toISOString()}, version ${versionId}): register it again`);
  }
  return source;
}
