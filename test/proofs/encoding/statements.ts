import { conditionsHold } from './conditions';
import { RequestSymbols } from './request-symbols';
import { and, FALSE, not, or, Term, TRUE } from './terms';
import { Vocabulary } from './vocabulary';
import { listOf, PolicyDocument, PolicyStatement } from '../../access/policy-document';

/** How the statements of a policy weigh a request. */
export interface Weighed {
  readonly denies: Term;
  /** Allowed, naming the caller or everybody. */
  readonly allows: Term;
  /** Allowed, naming the caller's account, which leaves it to the caller's own policies. */
  readonly allowsAccount: Term;
  /** Allowed, naming everybody or a user: then the caller's permissions boundary need not allow it as well. */
  readonly allowsBeyondBoundary: Term;
}

const KNOWN = new Set(['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition']);
const ACCOUNT = /^(?:arn:aws:iam::(\d{12}):root|(\d{12}))$/;

/** Weighs a request by the statements of a policy. An element that has no encoding is an error. */
export function weigh({ Statement }: PolicyDocument, request: RequestSymbols, vocabulary: Vocabulary): Weighed {
  const parts = Statement.map((statement) => (
    { effect: statement.Effect, ...principals(statement, request), term: matchesRequest(statement, request, vocabulary) }));
  const some = (effect: string, of: 'direct' | 'account' | 'beyond') => or(...parts.filter((part) => part.effect === effect).map((part) => and(part[of], part.term)));
  return {
    denies: or(some('Deny', 'direct'), some('Deny', 'account')),
    allows: some('Allow', 'direct'),
    allowsAccount: some('Allow', 'account'),
    allowsBeyondBoundary: some('Allow', 'beyond'),
  };
}

function matchesRequest(statement: PolicyStatement, request: RequestSymbols, vocabulary: Vocabulary): Term {
  const unknown = Object.keys(statement).find((element) => !KNOWN.has(element));
  if (unknown) throw new Error(`The element ${unknown} has no encoding`);
  const named = (patterns: string[]) => vocabulary.isNamed(patterns, request.action);
  const on = (patterns: string[]) => or(...patterns.map((pattern) => request.compare(request.resource, 'matchesArn', pattern)));
  const action = statement.NotAction ? not(named(listOf(statement.NotAction))) : named(listOf(statement.Action));
  if (action === FALSE) return FALSE; // about none of the actions that are asked about
  return and(
    action,
    statement.NotResource ? not(on(listOf(statement.NotResource))) : TRUE,
    statement.Resource ? on(listOf(statement.Resource)) : TRUE, // trust policies name no resource
    conditionsHold(statement.Condition, request),
  );
}

function principals({ Principal }: PolicyStatement, request: RequestSymbols): { direct: Term; account: Term; beyond: Term } {
  if (Principal === undefined) return { direct: TRUE, account: FALSE, beyond: FALSE }; // a policy of the caller's own
  const named: [kind: string, name: string][] = typeof Principal === 'string'
    ? [['AWS', Principal]]
    : Object.entries(Principal).flatMap(([kind, names]) => listOf(names).map((name): [string, string] => [kind, name]));
  const direct: Term[] = [], account: Term[] = [], beyond: Term[] = [];
  for (const [kind, name] of named) {
    const id = ACCOUNT.exec(name);
    if (kind === 'Service') direct.push(and(request.isService, request.compare(request.serviceName, 'equals', name)));
    else if (kind !== 'AWS') throw new Error(`Principals of the kind ${kind} have no encoding`);
    else if (name === '*') beyond.push(TRUE);
    else if (id) account.push(and(isIdentity(request), request.compare(request.principalAccount, 'equals', id[1] ?? id[2])));
    else if (/^arn:aws:iam::\d{12}:(role|user)\/[^*?]+$/.test(name)) (name.includes(':user/') ? beyond : direct).push(isCalled(name, request));
    else throw new Error(`The principal ${name} has no encoding`);
  }
  return { direct: or(...direct, ...beyond), account: or(...account), beyond: or(...beyond) };
}

function isCalled(arn: string, request: RequestSymbols): Term {
  return and(isIdentity(request), request.compare(request.principalArn, 'equals', arn));
}

/** Whether the caller is a role or user of some account. */
export function isIdentity(request: RequestSymbols): Term {
  return and(not(request.isService), not(request.isAnonymous));
}
