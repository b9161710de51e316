import { Copies, registered } from './model-package';
import { Settings } from './settings';
import { streamed } from './streaming';
import { Client } from '../aws/client';
import { concurrently } from '../aws/concurrency';
import { CredentialsProvider, ownCredentials, remembered } from '../aws/credentials';
import { described, isDenied } from '../aws/faults';
import { S3, S3Object } from '../aws/s3';
import { partitionOf } from '../aws/service-endpoints';
import { assume } from '../aws/sts';
import { Copied } from '../release/artifact';
import { Ecr } from '../release/ecr';
import { parseImageUri, repositoryOf } from '../release/image';

/** Accounts at the same time: each has a part of an artifact in memory. */
const AT_A_TIME = 4;

/** The longest session of a role that another role has become. */
const SECONDS = 3_600;

/** What promoting comes to. */
export interface Outcome {
  /** Why accounts lack the release, or some of it. */
  readonly failures: Map<string, string>;
}

/**
 * Copies a release to each account. What fails in one account does not keep others from theirs: all that is copied will be found
 * when the build is started again.
 */
export async function promote(settings: Settings, say: (text: string) => void): Promise<Outcome> {
  const own = ownCredentials();
  const reader = { s3: new S3(settings.region, own), ecr: new Ecr(settings.region, own) };
  const sts = new Client({ name: 'sts', region: settings.region }, own);
  const failures = new Map<string, string>();
  await concurrently(settings.accounts, AT_A_TIME, async (account) => {
    try {
      say(`${account}: ${await promoteTo(account, settings, reader, roleIn(account, settings, sts))}`);
    } catch (error) {
      failures.set(account, described(error));
    }
  });
  return { failures };
}

interface Reader {
  readonly s3: S3;
  readonly ecr: Ecr;
}

/** Bytes before the version that names them: what is registered is there. */
async function promoteTo(account: string, settings: Settings, reader: Reader, credentials: CredentialsProvider): Promise<string> {
  const { region, release, target } = settings;
  const writer = new S3(region, credentials, account);
  const bucket = target.bucket.replace('{account}', account);
  let news = 0;
  const copy = async (source: Copied): Promise<S3Object> => {
    const object = { bucket, key: source.key };
    if (await streamed(reader.s3, writer, source, object)) news++;
    return object;
  };
  const artifact = await copy(release.artifact);
  const files: Copies['files'] = {};
  for (const [what, source] of Object.entries(release.files)) files[what] = await copy(source);
  const image = await promotedImage(account, settings, reader.ecr, new Ecr(region, credentials));
  const { arn, isNew } = await registered(new Client({ name: 'sagemaker', region }, credentials), settings, { image, artifact, files });
  return `${arn} ${isNew ? 'is registered' : 'was registered before'}, ${news} of ${1 + Object.keys(release.files).length} objects were copied`;
}

/** Images of the environment's releases; AWS's own stay where they are, in accounts of AWS. */
async function promotedImage(account: string, settings: Settings, reader: Ecr, writer: Ecr): Promise<string> {
  const { region, release, target, releasesRepository } = settings;
  const { repository, digest } = parseImageUri(release.image);
  if (digest === undefined) throw new Error(`the image ${release.image} is not named by its digest`);
  if (repository.name !== releasesRepository) return release.image;
  const to = repositoryOf(account, region, target.repository);
  await reader.copy(repository, to, digest, `${release.modelPackageGroupName}-${release.modelPackageVersion}-${digest.slice(7, 19)}`, writer);
  return `${to.uri}@${digest}`;
}

function roleIn(account: string, { region, target: { role } }: Settings, sts: Client): CredentialsProvider {
  const roleArn = `arn:${partitionOf(region).name}:iam::${account}:role/${role}`;
  return remembered(async () => {
    try {
      return await assume(sts, { roleArn, seconds: SECONDS, session: 'promotion' });
    } catch (error) {
      if (isDenied(error)) throw new Error(`its role ${role} is missing or does not trust this build: deploy the target with ModelPromotion.copy() (${described(error)})`);
      throw error;
    }
  });
}
