import { DeleteParameterCommand, GetParameterCommand, PutParameterCommand } from '@aws-sdk/client-ssm';
import { ssm, unlessGone } from './aws';

/** What must be known of a domain after it is gone. It is written before the domain is made, and goes last: without it there is nothing to do. */
export interface DomainRecord {
  /** Nothing as long as the domain is only about to be made. */
  readonly domainId?: string;
  readonly fileSystemId?: string;
}

export async function writeRecord(name: string, record: DomainRecord): Promise<void> {
  await ssm.send(new PutParameterCommand({ Name: name, Value: JSON.stringify(record), Type: 'String', Overwrite: true }));
}

/** The record; nothing where everything was cleaned up already. */
export async function readRecord(name: string): Promise<DomainRecord | undefined> {
  const answer = await unlessGone(() => ssm.send(new GetParameterCommand({ Name: name })));
  return answer?.Parameter?.Value === undefined ? undefined : JSON.parse(answer.Parameter.Value) as DomainRecord;
}

export async function deleteRecord(name: string): Promise<void> {
  await unlessGone(() => ssm.send(new DeleteParameterCommand({ Name: name })));
}
