import { Decision, decisionKey, exceptionKey, read, write } from './records';

/** What a person asks for. */
export interface UndoRequest {
  readonly undo: string;
  readonly reason?: string;
}

/** What a person is told. */
export interface Undone {
  readonly outcome: 'undone';
  readonly id: string;
  /** Commands that put back what was there, to be run with permissions of one's own. */
  readonly commands: readonly string[];
  readonly message: string;
}

const ID = /^[a-z-]{1,40}-[0-9a-f]{32}$/;
const SHORTEST_REASON = 10;

export function isUndo(event: object): event is UndoRequest {
  return Object.hasOwn(event, 'undo');
}

/**
 * Takes back a decision: an exception for the resource as it was, and the commands that put it back. The function itself opens
 * nothing, so that it needs no permission that could.
 */
export async function undone({ undo: id, reason }: UndoRequest, now = new Date()): Promise<Undone> {
  if (typeof id !== 'string' || !ID.test(id)) throw new Error('undo must be the id of a decision, as its message and its record have it');
  if (typeof reason !== 'string' || reason.trim().length < SHORTEST_REASON) throw new Error(`reason must say in at least ${SHORTEST_REASON} characters why the decision is taken back`);
  const stored = await read<Decision>(decisionKey(id));
  if (stored === undefined) throw new Error(`there is no decision ${id}`);
  const { outcome, exception, arn, undo, about } = stored.value;
  if (outcome !== 'corrected' && outcome !== 'undone') throw new Error(`nothing was done that could be undone: the outcome of ${id} is ${outcome}`);
  // The exception first, or what is put back would be corrected again.
  await write(exceptionKey(exception), { arn, about, id, reason, at: now.toISOString() }, await read(exceptionKey(exception)));
  if (outcome !== 'undone' && !await write(decisionKey(id), { ...stored.value, outcome: 'undone', why: reason }, stored)) {
    throw new Error(`the record of ${id} was changed meanwhile: ask again`);
  }
  const message = undo.length === 0 ? 'It cannot go on where it was stopped: start it anew, under a name that the allow-list has.' : 'Run the commands to put back what was there.';
  return { outcome: 'undone', id, commands: undo, message: `${arn} is left alone as it was. ${message}` };
}
