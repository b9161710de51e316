import { EC2Client } from '@aws-sdk/client-ec2';
import { EFSClient } from '@aws-sdk/client-efs';
import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { SSMClient } from '@aws-sdk/client-ssm';
import { unless } from '../aws/faults';
import { endingWithEvent, patient } from '../aws/sdk';

export const sagemaker = endingWithEvent(new SageMakerClient(patient()));
export const efs = endingWithEvent(new EFSClient(patient()));
export const ec2 = endingWithEvent(new EC2Client(patient()));
export const ssm = endingWithEvent(new SSMClient(patient()));

/** Does it; what is gone already counts as done. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  return unless(isGone, call);
}

/** SageMaker says ResourceNotFound, EFS FileSystemNotFound or MountTargetNotFound, EC2 InvalidGroup.NotFound, SSM ParameterNotFound. */
export function isGone(error: unknown): boolean {
  return error instanceof Error && /NotFound(Exception)?$/.test(error.name);
}

/** What no amount of waiting mends. */
export function isDenied(error: unknown): boolean {
  return error instanceof Error && /AccessDenied|UnauthorizedOperation|UnrecognizedClient|InvalidClientTokenId/.test(error.name);
}
