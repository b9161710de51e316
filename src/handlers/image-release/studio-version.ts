import { createHash } from 'crypto';
import { Settings } from './settings';
import { waitedFor } from './waiting';
import type { Client } from '../aws/client';
import { asking, isFault } from '../aws/faults';

/** A version of a SageMaker image. */
export interface StudioVersion {
  readonly imageName: string;
  readonly version: number;
}

interface Described {
  readonly ImageVersionStatus?: string;
  readonly FailureReason?: string;
}

/**
 * Makes a released image a version of the project's SageMaker image, and waits until Studio can start it. Nothing where there is no
 * such image: whether people in Studio are offered what a project builds is the platform team's to decide.
 */
export async function studioVersion(
  sagemaker: Client, { studioImage, ...patience }: Settings, uri: string, say: (text: string) => void,
): Promise<StudioVersion | undefined> {
  const made = await create(sagemaker, studioImage, uri);
  if (made === undefined) {
    say(`Studio is not offered the image: there is no SageMaker image ${studioImage}, which a StudioImage of the environment makes`);
    return undefined;
  }
  const version = Number(made.split('/').at(-1)), what = `version ${version} of the SageMaker image ${studioImage}`;
  return waitedFor<StudioVersion>(what, async () => {
    const { ImageVersionStatus: state = 'CREATING', FailureReason } = await asking('sagemaker:DescribeImageVersion', what, () => (
      sagemaker.json<Described>('SageMaker.DescribeImageVersion', { ImageName: studioImage, Version: version })
    ));
    if (state === 'CREATED') return { done: { imageName: studioImage, version } };
    if (state !== 'CREATING') throw new Error(`${what} is ${state}: ${FailureReason ?? 'no reason was given'}`);
    return { state };
  }, patience, say);
}

async function create(sagemaker: Client, ImageName: string, BaseImage: string): Promise<string | undefined> {
  // Asked for again, by a retry or a second release of the same image, it is the same version.
  const ClientToken = createHash('sha256').update(`${ImageName} ${BaseImage}`).digest('hex').slice(0, 36);
  try {
    const { ImageVersionArn } = await asking('sagemaker:CreateImageVersion', `the SageMaker image ${ImageName}`, () => (
      sagemaker.json<{ ImageVersionArn: string }>('SageMaker.CreateImageVersion', { ImageName, BaseImage, ClientToken })
    ));
    return ImageVersionArn;
  } catch (error) {
    if (isFault(error, 'ResourceNotFound')) return undefined;
    throw error;
  }
}
