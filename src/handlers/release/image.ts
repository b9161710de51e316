import { Ecr } from './ecr';
import { Repository } from './layer';
import { partitionOf } from '../aws/service-endpoints';

/** How an image is named: by its repository, and there by a tag, a digest, or both. */
interface ImageUri {
  readonly repository: Repository;
  readonly tag?: string;
  readonly digest?: string;
}

/** An image, held fast by its digest. */
export interface PinnedImage {
  readonly repository: Repository;
  readonly digest: string;
  readonly uri: string;
  /** The tag that the digest was looked up by, where nothing else said it. */
  readonly lookedUpBy?: string;
}

/**
 * The image of a version. What the version says of its digest counts, whatever its tag has become since; only where neither
 * version nor name say it, the tag is looked up.
 */
export async function pinnedImage(ecr: Ecr, image: string, describedDigest: string | undefined): Promise<PinnedImage> {
  const { repository, tag = 'latest', digest: namedDigest } = parseImageUri(image);
  if (namedDigest !== undefined && describedDigest !== undefined && namedDigest !== describedDigest) {
    throw new Error(`the version names the image ${image}, and says that its digest is ${describedDigest}`);
  }
  const known = describedDigest ?? namedDigest;
  const digest = known ?? await ecr.digestOf(repository, tag);
  return { repository, digest, uri: `${repository.uri}@${digest}`, lookedUpBy: known === undefined ? tag : undefined };
}

/** Copies an image of this account; those of other accounts, which are AWS's, stay where they are. Answers the URI to deploy. */
export async function releasedImage(ecr: Ecr, account: string, image: PinnedImage, target: string, tag: string): Promise<string> {
  const { repository, digest, uri } = image;
  if (repository.account !== account) return uri;
  if (repository.region !== ecr.region) throw new Error(`the image ${uri} is in ${repository.region}, and must be in ${ecr.region}`);
  const releases = repositoryOf(account, ecr.region, target);
  await ecr.copy(repository, releases, digest, tag);
  return `${releases.uri}@${digest}`;
}

/** Whether the tag still names the image that was released. */
export async function hasMoved(ecr: Ecr, { repository, digest, lookedUpBy }: PinnedImage): Promise<boolean> {
  return lookedUpBy !== undefined && await ecr.digestOf(repository, lookedUpBy) !== digest;
}

/** What the URI of an image says. */
export function parseImageUri(image: string): ImageUri {
  const [, account, region, domain, name, tag, digest] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.([a-z0-9.-]+)\/([a-z0-9._/-]+?)(?::([\w.-]+))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  if (account === undefined || domain !== partitionOf(region).domain) throw new Error(`the image ${image} is not in Amazon ECR: <account>.dkr.ecr.<region>.<domain>/<repository>`);
  return { repository: repositoryOf(account, region, name), tag, digest };
}

export function repositoryOf(account: string, region: string, name: string): Repository {
  return { account, region, name, uri: `${account}.dkr.ecr.${region}.${partitionOf(region).domain}/${name}` };
}
