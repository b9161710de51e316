import { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { patient } from '../../aws/sdk';
import { Request } from '../seen';
import { settings } from '../settings';

export const sagemaker = new SageMakerClient(patient());

type Value = string | number | boolean | readonly string[] | undefined;

/** A call, with values of SageMaker's condition keys. A list without elements is not sent. */
export function atAction(call: string, values: Record<string, Value>): Request {
  const keys = Object.entries(values).map(([name, value]): [string, readonly string[] | undefined] => [`sagemaker:${name}`, listOf(value)]);
  return { action: `sagemaker:${call}`, keys: Object.fromEntries(keys) };
}

function listOf(value: Value): readonly string[] | undefined {
  if (value === undefined || typeof value !== 'object') return value === undefined ? undefined : [String(value)];
  return value.length === 0 ? undefined : value;
}

/** The ARN of a key. SageMaker answers what it was given, or the id. */
export function keyArn(key: string | undefined): string | undefined {
  const { partition, region, account } = settings();
  // eslint-disable-next-line no-restricted-syntax -- handlers import no room, arn.ts neither
  return key !== undefined && /^(mrk-)?[0-9a-f-]{32,36}$/.test(key) ? `arn:${partition}:kms:${region}:${account}:key/${key}` : key;
}
