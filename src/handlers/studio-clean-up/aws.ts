import { EC2Client } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SSMClient } from '@aws-sdk/client-ssm';
import { endingWithEvent, patient } from '../aws/sdk';

export const sagemaker = endingWithEvent(new SageMakerClient(patient()));
export const efs = endingWithEvent(new EFSClient(patient()));
export const ec2 = endingWithEvent(new EC2Client(patient()));
export const ssm = endingWithEvent(new SSMClient(patient()));

/** Every element of every page of a list. */
export async function everyPage<P, T>(pages: AsyncIterable<P>, elements: (page: P) => T[] | undefined): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(...(elements(page) ?? []));
  return all;
}

/** Does it; what is gone already counts as done. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** SageMaker says ResourceNotFound, EFS FileSystemNotFound or MountTargetNotFound, EC2 InvalidGroup.NotFound, SSM ParameterNotFound. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && /NotFound(Exception)?$/.test(error.name);
}

/** What no amount of waiting mends. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && /AccessDenied|UnauthorizedOperation|UnrecognizedClient|InvalidClientTokenId/.test(error.name);
}
