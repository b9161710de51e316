import { createHash } from 'crypto';
import { Refusal } from './answer';

/** A repository of images, with layers that are uploaded in parts. */
class FakeRepository {
  readonly blobs = new Map<string, Buffer>();
  readonly images = new Map<string, { manifest: string; type: string }>();
  readonly tags = new Map<string, string>();
}

/** As much of Amazon ECR as copying an image speaks to. Tags are immutable, as in the repository of releases. */
export class FakeRegistry {
  static readonly DOCKER = 'application/vnd.docker.distribution.manifest.v2+json';
  static digest(content: string | Buffer): string {
    return `sha256:${createHash('sha256').update(content).digest('hex')}`;
  }

  /** By account and name: `111111111111/churn`. */
  readonly repositories = new Map<string, FakeRepository>();
  partSize = 1000;
  /** The longest part that was uploaded. */
  longestPart = 0;
  private readonly uploads = new Map<string, Buffer>();

  constructor(private readonly url: string) {}

  repository(name: string): FakeRepository {
    const known = this.repositories.get(name);
    if (known) return known;
    const made = new FakeRepository();
    this.repositories.set(name, made);
    return made;
  }

  /** Puts an image of such layers into a repository and answers its digest. */
  push(name: string, tag: string, layers: Buffer[], mediaType = FakeRegistry.DOCKER): string {
    const repository = this.repository(name);
    const [config, ...rest] = [Buffer.from(JSON.stringify({ of: tag })), ...layers].map((blob) => {
      const digest = FakeRegistry.digest(blob);
      repository.blobs.set(digest, blob);
      return { digest, size: blob.length };
    });
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType, config, layers: rest });
    const digest = FakeRegistry.digest(manifest);
    repository.images.set(digest, { manifest, type: mediaType });
    repository.tags.set(tag, digest);
    return digest;
  }

  /** The content of a layer that a download URL names. */
  download(path: string): Buffer | undefined {
    const parts = path.split('/'); // names of repositories may have slashes
    return this.repositories.get(parts.slice(2, -1).join('/'))?.blobs.get(parts[parts.length - 1]);
  }

  call(operation: string, input: Record<string, never>): unknown {
    const { registryId, repositoryName } = input as Record<string, string>;
    const repository = this.repositories.get(`${registryId}/${repositoryName}`);
    if (!repository) throw new Refusal('RepositoryNotFoundException', `The repository with name '${repositoryName}' does not exist`);
    switch (operation) {
      case 'BatchGetImage': return this.images(repository, (input as unknown as { imageIds: { imageTag?: string; imageDigest?: string }[] }).imageIds);
      case 'BatchCheckLayerAvailability': {
        const { layerDigests } = input as unknown as { layerDigests: string[] };
        const availability = (layerDigest: string) => (repository.blobs.has(layerDigest) ? 'AVAILABLE' : 'UNAVAILABLE');
        return { layers: layerDigests.map((layerDigest) => ({ layerDigest, layerAvailability: availability(layerDigest) })) };
      }
      case 'GetDownloadUrlForLayer': {
        const { layerDigest } = input as Record<string, string>;
        if (!repository.blobs.has(layerDigest)) throw new Refusal('LayersNotFoundException');
        return { downloadUrl: `${this.url}/layers/${registryId}/${repositoryName}/${layerDigest}`, layerDigest };
      }
      case 'InitiateLayerUpload': {
        const uploadId = `upload-${this.uploads.size}`;
        this.uploads.set(uploadId, Buffer.alloc(0));
        return { uploadId, partSize: this.partSize };
      }
      case 'UploadLayerPart': return this.part(input);
      case 'CompleteLayerUpload': {
        const { uploadId, layerDigests: [digest] } = input as unknown as { uploadId: string; layerDigests: string[] };
        const content = this.uploads.get(uploadId)!;
        if (FakeRegistry.digest(content) !== digest) throw new Refusal('InvalidLayerException', 'Layer digest does not match');
        repository.blobs.set(digest, content);
        return { layerDigest: digest };
      }
      case 'PutImage': return this.put(repository, input);
      default: throw new Refusal('UnknownOperationException', operation);
    }
  }

  private images(repository: FakeRepository, ids: { imageTag?: string; imageDigest?: string }[]): unknown {
    const [{ imageTag, imageDigest }] = ids;
    const digest = imageDigest ?? repository.tags.get(imageTag ?? '');
    const image = digest === undefined ? undefined : repository.images.get(digest);
    if (!image) return { images: [], failures: [{ failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }] };
    return { images: [{ imageId: { imageDigest: digest }, imageManifest: image.manifest, imageManifestMediaType: image.type }] };
  }

  private part(input: Record<string, never>): unknown {
    const { uploadId, layerPartBlob } = input as Record<string, string>;
    const { partFirstByte, partLastByte } = input as Record<string, number>;
    const before = this.uploads.get(uploadId)!;
    const part = Buffer.from(layerPartBlob, 'base64');
    if (partFirstByte !== before.length || partLastByte !== before.length + part.length - 1) throw new Refusal('InvalidLayerPartException');
    this.longestPart = Math.max(this.longestPart, part.length);
    this.uploads.set(uploadId, Buffer.concat([before, part]));
    return { uploadId, lastByteReceived: partLastByte };
  }

  private put(repository: FakeRepository, input: Record<string, never>): unknown {
    const { imageManifest, imageManifestMediaType, imageDigest, imageTag } = input as Record<string, string>;
    const digest = FakeRegistry.digest(imageManifest);
    if (digest !== imageDigest) throw new Refusal('ImageDigestDoesNotMatchException');
    const { config, layers } = JSON.parse(imageManifest) as { config: { digest: string }; layers: { digest: string }[] };
    if ([config, ...layers].some((one) => !repository.blobs.has(one.digest))) throw new Refusal('LayersNotFoundException');
    const tagged = repository.tags.get(imageTag);
    if (tagged === digest) throw new Refusal('ImageAlreadyExistsException');
    if (tagged !== undefined) throw new Refusal('ImageTagAlreadyExistsException');
    repository.images.set(digest, { manifest: imageManifest, type: imageManifestMediaType });
    repository.tags.set(imageTag, digest);
    return { image: { imageId: { imageDigest, imageTag } } };
  }
}
