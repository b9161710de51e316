import { Repository, uploadedLayer } from './layer';
import { Client } from '../aws/client';
import { CredentialsProvider } from '../aws/credentials';
import { asking, isFault } from '../aws/faults';

interface Image {
  readonly imageId: { readonly imageDigest: string };
  readonly imageManifest: string;
  readonly imageManifestMediaType?: string;
}

interface Manifest {
  readonly schemaVersion?: number;
  readonly mediaType?: string;
  readonly config?: { readonly digest: string };
  readonly layers?: { readonly digest: string; readonly urls?: string[] }[];
}

const ONE_PLATFORM = ['application/vnd.docker.distribution.manifest.v2+json', 'application/vnd.oci.image.manifest.v1+json'];
const MANY_PLATFORMS = ['application/vnd.docker.distribution.manifest.list.v2+json', 'application/vnd.oci.image.index.v1+json'];

/** Digests that ECR is asked for at once. */
const AT_ONCE = 100;

/** Uploads of a part, with megabytes of text. */
const UPLOADING = 2 * 60_000;

/** Amazon ECR, of which images are copied without Docker. */
export class Ecr {
  private readonly clients = new Map<string, Client>();

  constructor(public readonly region: string, private readonly credentials: CredentialsProvider) {}

  /** The digest that a tag names now. */
  public async digestOf(repository: Repository, tag: string): Promise<string> {
    return (await this.image(repository, { imageTag: tag })).imageId.imageDigest;
  }

  /** Copies an image as it is, layer by layer; what is there already is not copied again. Who writes may be somebody else than who reads. */
  public async copy(from: Repository, to: Repository, digest: string, tag: string, writer: Ecr = this): Promise<void> {
    const image = await this.image(from, { imageDigest: digest });
    const blobs = blobsOf(`${from.uri}@${digest}`, image);
    for (const layer of await writer.missing(to, blobs)) await uploadedLayer(this, from, writer, to, layer);
    try {
      await writer.ask('PutImage', to, {
        imageManifest: image.imageManifest, imageManifestMediaType: image.imageManifestMediaType, imageDigest: digest, imageTag: tag,
      });
    } catch (error) {
      if (!isFault(error, 'ImageAlreadyExistsException')) throw error;
    }
  }

  /** Which of these are not in the repository. */
  public async missing(repository: Repository, digests: string[]): Promise<string[]> {
    const missing: string[] = [];
    for (let from = 0; from < digests.length; from += AT_ONCE) {
      const layerDigests = digests.slice(from, from + AT_ONCE);
      const { layers } = await this.ask<{ layers: { layerDigest: string; layerAvailability: string }[] }>('BatchCheckLayerAvailability', repository, { layerDigests });
      const there = new Set(layers.filter(({ layerAvailability }) => layerAvailability === 'AVAILABLE').map(({ layerDigest }) => layerDigest));
      missing.push(...layerDigests.filter((one) => !there.has(one)));
    }
    return missing;
  }

  /** Asks ECR where the repository is. */
  public ask<T>(action: string, { account, region, name }: Repository, input: object): Promise<T> {
    const client = this.clients.get(region) ?? new Client({ name: 'ecr', region }, this.credentials);
    this.clients.set(region, client);
    return asking(`ecr:${action}`, `the repository ${name} of ${account} in ${region}`, () => (
      client.json<T>(`AmazonEC2ContainerRegistry_V20150921.${action}`, { registryId: account, repositoryName: name, ...input }, UPLOADING)
    ));
  }

  private async image(repository: Repository, imageId: { imageTag?: string; imageDigest?: string }): Promise<Image> {
    const { images, failures } = await this.ask<{ images: Image[]; failures?: { failureReason?: string }[] }>('BatchGetImage', repository, {
      imageIds: [imageId], acceptedMediaTypes: [...ONE_PLATFORM, ...MANY_PLATFORMS],
    });
    if (images.length > 0) return images[0];
    throw new Error(`there is no image ${imageId.imageDigest ?? imageId.imageTag} in ${repository.uri}: ${failures?.[0]?.failureReason ?? 'no reason was given'}`);
  }
}

/** The layers of an image, and the description that is stored like one, each once. */
function blobsOf(uri: string, { imageManifest, imageManifestMediaType }: Image): string[] {
  const manifest = JSON.parse(imageManifest) as Manifest;
  const type = manifest.mediaType ?? imageManifestMediaType ?? '';
  if (MANY_PLATFORMS.includes(type)) throw new Error(`${uri} is an index of images for several platforms: register the version with the image for one of them, by its own digest`);
  if (!ONE_PLATFORM.includes(type) || !manifest.config || !manifest.layers) throw new Error(`${uri} has a manifest of another kind, ${type || 'unnamed'}: push it again with a current Docker`);
  if (manifest.layers.some(({ urls }) => urls !== undefined && urls.length > 0)) throw new Error(`${uri} has layers that are kept elsewhere, which cannot be copied`);
  return [...new Set([manifest.config.digest, ...manifest.layers.map(({ digest }) => digest)])];
}
