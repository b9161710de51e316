import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { concurrently } from '../../aws/concurrency';
import { patient } from '../../aws/sdk';

export const sagemaker = new SageMakerClient(patient());

/** Descriptions that are asked for at a time. */
const AT_A_TIME = 5;

/** What comes of each, a few at a time. */
export async function ofEach<T, R>(all: Iterable<T>, look: (one: T) => Promise<R[]>): Promise<R[]> {
  return (await concurrently([...all], AT_A_TIME, look)).flat();
}

/** The last part of an ARN: a name. */
export function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
