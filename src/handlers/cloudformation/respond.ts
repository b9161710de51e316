import { request as plain } from 'http';
import { request as secure } from 'https';
import { setTimeout as sleep } from 'timers/promises';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse, Context } from 'aws-lambda';
import { untilEndOfEvent, within } from './event';

/** What a handler answers for a custom resource. */
export interface Outcome {
  readonly physicalResourceId: string;
  readonly data?: Record<string, string>;
  /** What people should know of how it went. */
  readonly reason?: string;
}

/** Work on one event of a custom resource. Throwing fails the resource with the error's message. */
export type Work = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<Outcome>;

/** What an event is about, such as a bucket, for people who read that its time was over. */
type Subject = (event: CloudFormationCustomResourceEvent) => string;

interface Circumstances {
  readonly context: Context;
  /** The physical id, as far as CloudFormation knows it. */
  readonly known: string;
  readonly subject: string;
}

/** Milliseconds kept back to tell CloudFormation, before Lambda ends the function without a word. */
const TIME_TO_ANSWER = 10_000;

const DELIVERY_ATTEMPTS = 3;

/** Milliseconds of one attempt: all of them fit into the time to answer. */
const DELIVERY_TIMEOUT = 2_000;

/** What a resource is called whose creation failed: its deletion has nothing to do. */
const NEVER_CREATED = 'never-created';

/**
 * A Lambda handler that does the work and always answers CloudFormation: with the outcome, with the error, or, shortly
 * before the function's time is over, with what was still in the way. An unanswered event blocks a stack for an hour.
 * The answer ends the work, so that what CloudFormation is told stays true.
 */
export function answering(work: Work, subject: Subject = () => '') {
  return async (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> => {
    const known = 'PhysicalResourceId' in event ? event.PhysicalResourceId : NEVER_CREATED;
    if (event.RequestType === 'Delete' && known === NEVER_CREATED) return respond(event, { Status: 'SUCCESS', PhysicalResourceId: known });
    await respond(event, await answerOf(work, event, { context, known, subject: subject(event) }));
  };
}

async function answerOf(work: Work, event: CloudFormationCustomResourceEvent, { context, known, subject }: Circumstances): Promise<Answer> {
  const end = new AbortController();
  const time = Math.max(0, context.getRemainingTimeInMillis() - TIME_TO_ANSWER);
  const timer = setTimeout(() => end.abort(new Error(`${subject && `${subject}: `}the time of the function is over`)), time);
  try {
    const { physicalResourceId, data, reason = 'SUCCESS' } = await within(end.signal, () => untilEndOfEvent(() => work(event, context)));
    return { Status: 'SUCCESS', PhysicalResourceId: physicalResourceId, Data: data, Reason: reason };
  } catch (error) {
    console.error(error);
    return { Status: 'FAILED', PhysicalResourceId: known, Reason: reasonOf(error, context) };
  } finally {
    clearTimeout(timer);
    end.abort(new Error('CloudFormation was answered'));
  }
}

function reasonOf(error: unknown, context: Context): string {
  const message = error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : String(error);
  return `${message.slice(0, 900)} (log stream ${context.logStreamName})`;
}

type Answer = Pick<CloudFormationCustomResourceResponse, 'Status' | 'PhysicalResourceId' | 'Data'> & { Reason?: string };

async function respond(event: CloudFormationCustomResourceEvent, answer: Answer): Promise<void> {
  const body = JSON.stringify({
    Reason: answer.Status,
    ...answer,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  });
  await delivered(event.ResponseURL, body);
}

/** An answer that is lost blocks the stack for an hour, so delivery is tried again; then Lambda repeats the whole event. */
async function delivered(url: string, body: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await put(url, body);
    } catch (error) {
      if (attempt === DELIVERY_ATTEMPTS) throw error;
      await sleep(attempt * 500);
    }
  }
}

/**
 * AWS signs an https address; an emulator may hand out a plain one. The status says everything: what comes after it may be cut
 * off or never end.
 */
function put(url: string, body: string): Promise<void> {
  const request = url.startsWith('http:') ? plain : secure;
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': '', 'content-length': Buffer.byteLength(body) };
    const signal = AbortSignal.timeout(DELIVERY_TIMEOUT);
    const call = request(url, { method: 'PUT', headers, signal }, (response) => {
      if ((response.statusCode ?? 500) < 300) resolve();
      else reject(new Error(`CloudFormation's answer box said ${response.statusCode}`));
      call.destroy();
    });
    call.on('error', (error) => reject(signal.aborted ? new Error('CloudFormation\'s answer box did not answer') : error));
    call.end(body);
  });
}
