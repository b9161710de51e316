import { policyIn } from './policy';
import { Finding, scanOf } from './scan';
import { Settings } from './settings';
import { isRefused } from './severity';
import { signed } from './signature';
import { StudioVersion, studioVersion } from './studio-version';
import { Client } from '../aws/client';
import { ownCredentials, remembered } from '../aws/credentials';
import { Ecr } from '../release/ecr';
import { repositoryOf } from '../release/image';

/** What was released, and why it could be. */
export interface ReleasedImage {
  readonly uri: string;
  readonly digest: string;
  readonly tag: string;
  /** The profile that it is signed with, where it is. */
  readonly signingProfileArn?: string;
  /** The version that Studio has of it, where it is offered there. */
  readonly studio?: StudioVersion;
  readonly scan: {
    readonly status: string;
    readonly completedAt?: string;
    readonly failOn: string;
    /** Findings by their severity. */
    readonly counts: Record<string, number>;
    /** Those that were accepted, with the reason. */
    readonly accepted: (Finding & { readonly reason: string })[];
  };
}

/** How many findings an error names. */
const NAMED = 20;

/**
 * The image of the tag, held fast by its digest, where its scan has found nothing that is refused. It is copied to where released
 * images are, which nobody else writes to.
 */
export async function releasedImage(settings: Settings, say: (text: string) => void): Promise<ReleasedImage> {
  const { failOn, accept } = policyIn();
  const { account, region, tag } = settings;
  const credentials = remembered(ownCredentials()), ecr = new Ecr(region, credentials);
  const repository = repositoryOf(account, region, settings.repository), target = repositoryOf(account, region, settings.releasedRepository);
  const digest = await ecr.digestOf(repository, tag), built = `${repository.uri}@${digest}`, uri = `${target.uri}@${digest}`;
  say(`Looking at ${built}`);
  const { status, completedAt, findings } = await scanOf(ecr, repository, digest, settings, say);
  const severe = findings.filter(({ severity }) => isRefused(severity, failOn));
  const refused = severe.filter(({ name }) => accept[name] === undefined);
  if (refused.length > 0) {
    const named = refused.slice(0, NAMED).map(({ name, severity }) => `${name} (${severity})`).join(', ');
    const more = refused.length > NAMED ? ` and ${refused.length - NAMED} more` : '';
    throw new Error(`the scan of ${built} has found ${named}${more}: take a newer base image or packages, or say in image.json, under scan.accept, why each may be released`);
  }
  const counts: Record<string, number> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  say(`The scan is ${status}: ${Object.entries(counts).map(([severity, count]) => `${count} ${severity}`).join(', ') || 'no findings'}`);
  const accepted = severe.map((finding) => ({ ...finding, reason: accept[finding.name] }));
  await ecr.copy(repository, target, digest, tag);
  const { signingProfileArn } = settings;
  if (signingProfileArn !== undefined) await signed(ecr, target, digest, signingProfileArn, settings, say);
  say(`Released ${uri}`);
  const studio = await studioVersion(new Client({ name: 'sagemaker', region }, credentials), settings, uri, say);
  return { uri, digest, tag, signingProfileArn, studio, scan: { status, completedAt, failOn, counts, accepted } };
}
