import { Evidence, SAMPLE_PAYLOAD } from './evidence';
import { S3 } from '../aws/s3';

/** A sample is a few rows or requests; nothing larger is read into memory. */
const LARGEST = 1024 * 1024;
/** Rows of CSV, or lines of JSON with a request in each. */
const KINDS = ['.csv', '.jsonl'];

export interface Sample {
  /** What the file is called beside the release. */
  readonly name: string;
  readonly content: string;
}

/**
 * The payload that endpoints are tested with, read from the copy: what SageMaker calls the sample payload (an archive for its
 * own tests is none of ours), or the property `sample-payload`.
 */
export async function sampleOf(s3: S3, { files }: Evidence): Promise<Sample | undefined> {
  const kindOf = (key: string) => KINDS.find((kind) => key.endsWith(kind));
  const file = [`properties/${SAMPLE_PAYLOAD}`, SAMPLE_PAYLOAD].map((what) => files[what]).find((one) => one !== undefined && kindOf(one.key) !== undefined);
  return file === undefined || file.size > LARGEST ? undefined : { name: `sample-payload${kindOf(file.key)}`, content: await s3.read(file) };
}
