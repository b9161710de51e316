import { isDenied } from '../aws/faults';

/** A repository of images. */
export interface Repository {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly uri: string;
}

/** What copying a layer asks of Amazon ECR. */
interface Layers {
  ask<T>(action: string, repository: Repository, input: object): Promise<T>;
  /** Which of these are not in the repository. */
  missing(repository: Repository, digests: string[]): Promise<string[]>;
}

/** How often a layer is begun anew when something comes between: what was sent of it is then forgotten. */
const ATTEMPTS = 3;

/** Layers may have gigabytes. */
const DOWNLOADING = 30 * 60_000;

/** Copies a layer. Never more of it than one part is in memory, whatever its size. */
export async function uploadedLayer(reader: Layers, from: Repository, writer: Layers, to: Repository, layerDigest: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await upload(reader, from, writer, to, layerDigest);
    } catch (error) {
      if (attempt === ATTEMPTS || isDenied(error)) throw error;
      // It may have arrived, and the answer been lost.
      if ((await writer.missing(to, [layerDigest])).length === 0) return;
    }
  }
}

async function upload(reader: Layers, from: Repository, writer: Layers, to: Repository, layerDigest: string): Promise<void> {
  const { downloadUrl } = await reader.ask<{ downloadUrl: string }>('GetDownloadUrlForLayer', from, { layerDigest });
  const { uploadId, partSize } = await writer.ask<{ uploadId: string; partSize: number }>('InitiateLayerUpload', to, {});
  let sent = 0;
  for await (const part of partsOf(downloadUrl, layerDigest, partSize)) {
    await writer.ask('UploadLayerPart', to, {
      uploadId, partFirstByte: sent, partLastByte: sent + part.length - 1, layerPartBlob: part.toString('base64'),
    });
    sent += part.length;
  }
  // ECR compares the digest, so that what was cut short or changed on its way is refused.
  await writer.ask('CompleteLayerUpload', to, { uploadId, layerDigests: [layerDigest] });
}

async function* partsOf(url: string, layerDigest: string, partSize: number): AsyncGenerator<Buffer> {
  const part = Buffer.allocUnsafe(partSize);
  let filled = 0;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOADING) });
    if (!response.ok || response.body === null) throw new Error(`HTTP ${response.status}`);
    for await (const chunk of response.body) {
      for (let read = 0; read < chunk.length;) {
        const piece = chunk.subarray(read, read + partSize - filled);
        part.set(piece, filled);
        read += piece.length;
        filled += piece.length;
        if (filled < partSize) continue;
        yield part;
        filled = 0;
      }
    }
  } catch (error) {
    throw new Error(`the layer ${layerDigest} could not be downloaded from ${new URL(url).host}: ${(error as Error).message}`);
  }
  if (filled > 0) yield part.subarray(0, filled);
}
