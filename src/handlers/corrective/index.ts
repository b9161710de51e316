import type { Context } from 'aws-lambda';
import { Answer, decide } from './decide';
import { AwsEvent } from './event';
import { Undone, undone, isUndo, UndoRequest } from './undo';

/** Called by EventBridge for what happens, and by people who undo what was done. */
export async function handler(event: AwsEvent | UndoRequest, { awsRequestId }: Pick<Context, 'awsRequestId'>): Promise<Answer | Undone> {
  const answer = isUndo(event) ? await undone(event) : await decide(event, awsRequestId);
  console.log(JSON.stringify(answer)); // every decision, also those that no record is kept of
  return answer;
}
