import { Evidence, SAMPLE_PAYLOAD } from './evidence';
import { S3 } from '../aws/s3';

/** A sample is a few rows; nothing larger is read into memory. */
const LARGEST = 1024 * 1024;

/**
 * The payload that endpoints are tested with, read from the copy: what SageMaker calls the sample payload (an archive for its
 * own tests is none of ours), or the property `sample-payload`.
 */
export async function sampleOf(s3: S3, { files }: Evidence): Promise<string | undefined> {
  const file = [`properties/${SAMPLE_PAYLOAD}`, SAMPLE_PAYLOAD].map((what) => files[what]).find((one) => one !== undefined && one.key.endsWith('.csv'));
  return file === undefined || file.size > LARGEST ? undefined : s3.read(file);
}
