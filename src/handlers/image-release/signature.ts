import { Settings } from './settings';
import { waitedFor } from './waiting';
import type { Ecr } from '../release/ecr';
import type { Repository } from '../release/layer';

interface Described {
  readonly signingStatuses?: {
    readonly signingProfileArn?: string;
    readonly status?: string;
    readonly failureCode?: string;
    readonly failureReason?: string;
  }[];
}

/** Amazon ECR begins to sign as an image is pushed: what is not begun by then, in milliseconds, no rule asks for. */
const BEGINNING = 2 * 60_000;

/**
 * Waits until Amazon ECR has signed an image with the profile of the environment.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageSigningStatus.html
 */
export async function signed(
  ecr: Ecr, repository: Repository, imageDigest: string, profile: string, patience: Settings, say: (text: string) => void,
): Promise<void> {
  const begun = Date.now() + Math.min(BEGINNING, patience.patience);
  await waitedFor<true>('the signature', async () => {
    const { signingStatuses = [] } = await ecr.ask<Described>('DescribeImageSigningStatus', repository, { imageId: { imageDigest } });
    const { status, failureCode, failureReason } = signingStatuses.find(({ signingProfileArn }) => signingProfileArn === profile) ?? {};
    if (status === 'COMPLETE') return { done: true };
    if (status === 'FAILED') throw new Error(`${repository.uri}@${imageDigest} could not be signed: ${[failureCode, failureReason].filter((text) => text).join(': ') || 'no reason was given'}`);
    if (status === undefined && Date.now() >= begun) {
      throw new Error(`${repository.uri}@${imageDigest} is not signed: the signing configuration of the registry needs a rule for ${repository.name} with the profile ${profile}, before an image is pushed`);
    }
    return { state: status ?? 'not begun' };
  }, patience, say);
}
