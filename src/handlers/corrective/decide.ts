import { createHash } from 'crypto';
import { AwsEvent, targetOf } from './event';
import { isGone } from './faults';
import { KINDS } from './kinds/all';
import { place } from './limit';
import { Decision, decisionKey, exceptionKey, Outcome, read, Stored, write } from './records';
import { brokenBy } from './rules';
import { Seen, Target } from './seen';
import { settings } from './settings';
import { isWatched } from './work';
import { isLike } from '../../checks/core/pattern';
import { described } from '../aws/faults';

/** What the function answers, and writes to its log. */
export interface Answer {
  readonly outcome: Outcome | 'ignored' | 'compliant' | 'ended' | 'elsewhere' | 'allowed' | 'excepted' | 'repeated';
  readonly arn?: string;
  readonly id?: string;
  /** Whether people are told. */
  readonly tell: boolean;
  /** For people. */
  readonly message: string;
}

/** In milliseconds. No invocation lasts as long: what is open since then was given up, and somebody has brought it back. */
const GIVEN_UP = 15 * 60_000;

/** What is done, and what need not be done twice. */
const DONE: readonly Outcome[] = ['corrected', 'dry-run', 'undone', 'gone'];

/** Looks at what an event names, and corrects it where it breaks a rule. */
export async function decide(event: AwsEvent, invocation: string): Promise<Answer> {
  const { actions, role, guardrails, allowList } = settings();
  const target = targetOf(event, role);
  const kind = target && KINDS[target.kind];
  if (target === undefined || kind === undefined || !actions.includes(kind.action)) return quiet('ignored', 'Nothing that is corrected.');
  const seen = await kind.look(target);
  if (seen === undefined) return quiet('gone', `${target.kind} ${Object.values(target.name).join('/')} is not there, or not watched.`);
  const broken = brokenBy(seen, guardrails), { arn } = seen;
  if (broken.length === 0) return quiet('compliant', 'It breaks no rule.', arn);
  if (!seen.isActive) return quiet('ended', 'It breaks a rule, and nothing of it runs.', arn);
  if (!await isWatched(seen)) return quiet('elsewhere', 'It breaks a rule, and it is the work of roles that these controls do not watch.', arn);
  const listed = allowList.find((pattern) => isLike(pattern, arn));
  if (listed !== undefined) return quiet('allowed', `It breaks a rule, and the allow-list has ${listed}.`, arn);
  const exception = digest([arn, seen.about]);
  if (await read(exceptionKey(exception))) return quiet('excepted', 'It breaks a rule, and a person has undone its correction.', arn);
  const isLeft = async () => isBroken(await kind.look(target));
  return corrected(seen, target, isLeft, { action: kind.action, broken, exception, invocation });
}

/** Whether there is something left to correct. */
function isBroken(seen: Seen | undefined): boolean {
  return seen !== undefined && seen.isActive && brokenBy(seen, settings().guardrails).length > 0;
}

type Given = Pick<Decision, 'action' | 'broken' | 'exception' | 'invocation'>;

async function corrected(seen: Seen, target: Target, isLeft: () => Promise<boolean>, given: Given): Promise<Answer> {
  const { arn, about, undo } = seen, { action } = given;
  const isEnforced = settings().enforced.includes(action);
  const id = `${action}-${digest([arn, seen.since, about, isEnforced])}`;
  const decision: Decision = { id, at: new Date().toISOString(), outcome: isEnforced ? 'open' : 'dry-run', arn, about, undo, call: target.call, ...given };
  if (!await claimed(decision)) return { outcome: 'repeated', arn, id, tell: false, message: `It was decided before: ${id}.` };
  if (!isEnforced) return told(decision);
  const { isGranted, isFirstBeyond } = await place(id);
  if (!isGranted) return { ...await finished(decision, 'limited', 'the limit of the hour is reached'), tell: isFirstBeyond };
  try {
    await seen.correct();
  } catch (error) {
    // Somebody else may have been faster: other controls, or a person.
    if (isGone(error) || !await isLeft()) return finished(decision, 'gone', described(error));
    await finished(decision, 'failed', described(error));
    throw error; // Lambda tries again, and then the dead-letter queue has the event
  }
  return finished(decision, 'corrected');
}

/** Whether the decision is this invocation's to make, and no other's. */
async function claimed(decision: Decision): Promise<boolean> {
  const key = decisionKey(decision.id);
  if (await write(key, decision, undefined)) return true;
  const before = await read<Decision>(key);
  return before !== undefined && isUnfinished(before, decision) && write(key, decision, before);
}

/** Whether what was begun is left to be done: by a retry of the same invocation, or since it failed or was given up. */
function isUnfinished({ value: { outcome, invocation, at } }: Stored<Decision>, decision: Decision): boolean {
  if (DONE.includes(outcome)) return false;
  return outcome !== 'open' || invocation === decision.invocation || Date.parse(decision.at) - Date.parse(at) > GIVEN_UP;
}

async function finished(decision: Decision, outcome: Outcome, why?: string): Promise<Answer> {
  const key = decisionKey(decision.id), done = { ...decision, outcome, why };
  // The claim is this invocation's; a person's undo may have come in between, and stands.
  const before = await read<Decision>(key);
  if (before?.value.outcome !== 'undone') await write(key, done, before);
  return told(done);
}

/** In words. */
const SAID: Partial<Record<Outcome, string>> = {
  'dry-run': 'would be done (dry run)', 'corrected': 'was done', 'limited': 'was not done', 'gone': 'found nothing to do', 'failed': 'failed',
};

function told({ id, outcome, action, arn, broken, why, undo, call }: Decision): Answer {
  const reason = why === undefined ? '' : `, since ${why}`, by = call?.by === undefined ? '' : ` Changed by ${call.by}.`;
  const back = outcome === 'corrected' && undo.length > 0 ? ` To undo it, invoke the function with {"undo":"${id}","reason":"…"}.` : '';
  return { outcome, arn, id, tell: true, message: `${action} of ${arn} ${SAID[outcome]}${reason}. ${broken.map(({ message }) => message).join(' ')}${by}${back} Record: ${decisionKey(id)}` };
}

function quiet(outcome: Answer['outcome'], message: string, arn?: string): Answer {
  return { outcome, arn, tell: false, message };
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
