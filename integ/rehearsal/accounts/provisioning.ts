import { setTimeout as sleep } from 'timers/promises';
import { AwsApi, Credentials } from './aws-api';

/** What a call to Service Catalog came to. */
export interface Provisioning {
  readonly Status: string;
  readonly reason: string;
}

interface CatalogRecord {
  readonly RecordId: string;
  readonly Status: string;
  readonly RecordErrors?: { Description: string }[];
}

/** Calls an operation of Service Catalog that launches, updates or terminates, and waits for its end. */
export async function provisioned(api: AwsApi, who: Credentials, operation: string, parameters: object): Promise<Provisioning> {
  let { RecordDetail: record } = await api.call<{ RecordDetail: CatalogRecord }>(who, 'servicecatalog', operation, parameters);
  while (['CREATED', 'IN_PROGRESS', 'IN_PROGRESS_IN_ERROR'].includes(record.Status)) {
    await sleep(100);
    ({ RecordDetail: record } = await api.call<{ RecordDetail: CatalogRecord }>(who, 'servicecatalog', 'describe_record', { Id: record.RecordId }));
  }
  return { Status: record.Status, reason: (record.RecordErrors ?? []).map(({ Description }) => Description).join('; ') };
}

/** Parameters as Service Catalog takes them. */
export const provisioningParameters = (values: Record<string, string>) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));

/** Makes a request that Service Catalog knows to be another one than those before. */
export const token = () => `token-${Date.now()}`;

export function expectSuccess(name: string, { Status, reason }: Provisioning): void {
  if (Status !== 'SUCCEEDED') throw new Error(`${name} is ${Status}: ${reason}`);
}

export function expectFailure(name: string, { Status, reason }: Provisioning, because: string): void {
  if (Status !== 'FAILED' || !reason.includes(because)) throw new Error(`${name} is ${Status} instead of FAILED with "${because}": ${reason}`);
}
