import { S3Client } from '@aws-sdk/client-s3';
import { endingWithEvent, patient } from '../aws/sdk';

/** S3 takes its time to delete a thousand objects. */
export const s3 = endingWithEvent(new S3Client(patient(30_000)));

export function is(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

export function told(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
