import { Condition, isNotKnown } from './conditions';
import { isLike } from './pattern';
import { Resource } from './resource';
import { ANY_TEXT, fromText, isOpen, isRecord, listOf, Reference, Unknown, Value } from './value';

/** A statement of a policy. */
export interface Statement {
  /** The resource that holds it, and where in it. */
  readonly at: string;
  /** One that is not known is taken for the one that would matter. */
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly Value[];
  /** Whether it is about all actions but those. */
  readonly isAllBut: boolean;
  readonly resources: readonly Value[];
  readonly principals: readonly Principal[];
  /** Condition keys, in lower case as IAM compares them, with their operators and values. */
  readonly conditions: readonly Condition[];
  /** Whether principals are all but those that are named. */
  readonly isAnybodyBut: boolean;
  /** Whether it is about all resources but those. */
  readonly isElsewhere: boolean;
  /** Whether only the deployment knows if there is the policy that it is in. */
  readonly mayBeMissing: boolean;
  /** Whether only the deployment knows a part that says what it is about: it may be more, or less. */
  readonly isOpen: boolean;
}

/** The kind of a principal that is written without one: everybody. */
export const ANY = '*';

export interface Principal {
  /** AWS, Service, Federated, CanonicalUser. */
  readonly kind: string;
  readonly value: Value;
}

/**
 * Statements of a policy document. Undefined if only the deployment knows them.
 *
 * @param of what the policy is for, if that is another resource
 */
export function statementsOf(resource: Resource, path: string, of: Resource = resource): Statement[] | undefined {
  const { value: written } = resource.at(path);
  if (written === undefined) return [];
  const value = fromText(written);
  if (value === undefined) return undefined;
  const statements = isRecord(value) ? (value as Record<string, Value>).Statement : value;
  if (statements instanceof Unknown || statements instanceof Reference || typeof statements === 'string') return undefined;
  const all = listOf(statements);
  const mayBeMissing = resource.condition !== undefined && resource.condition !== of.condition;
  return all.every(isRecord)
    ? all.map((one, index) => ({ ...statement(one as Record<string, Value>, `${resource.logicalId}, ${path}.Statement.${index}`), mayBeMissing })) : undefined;
}

const PARTS = ['Effect', 'Action', 'NotAction', 'Resource', 'Principal', 'NotPrincipal', 'Condition'];

function statement(one: Record<string, Value>, at: string): Omit<Statement, 'mayBeMissing'> {
  const principals = listOf(one.Principal ?? one.NotPrincipal).flatMap((value): Principal[] => (
    isRecord(value) ? entriesOf(value).flatMap(([kind, values]) => listOf(values).map((inner) => ({ kind, value: inner }))) : [{ kind: ANY, value }]
  ));
  const listed = (name: string) => listOf(one[name] ?? one[`Not${name}`]);
  return {
    at,
    effect: one.Effect === 'Deny' ? 'Deny' : 'Allow',
    actions: listed('Action'),
    resources: listed('Resource'),
    principals,
    conditions: conditionsOf(one.Condition),
    isAllBut: one.NotAction !== undefined,
    isAnybodyBut: one.NotPrincipal !== undefined,
    isElsewhere: one.NotResource !== undefined,
    isOpen: one.NotResource !== undefined || principals.some(({ value }) => value instanceof Unknown || value === ANY_TEXT)
      || PARTS.some((name) => [one[name], ...listOf(one[name])].some((part) => part instanceof Unknown))
      || entriesOf(one.Condition).some(([, keys]) => keys instanceof Unknown),
  };
}

function conditionsOf(value: Value): Condition[] {
  return entriesOf(value).flatMap(([operator, keys]) => (
    entriesOf(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: listOf(values) }))
  ));
}

function entriesOf(value: Value): [string, Value][] {
  return isRecord(value) ? Object.entries(value as Record<string, Value>) : [];
}

/** Whether a statement is about an action: undefined where the deployment decides. */
export function isAbout({ actions, isAllBut: isOthers }: Statement, action: string): boolean | undefined {
  const answers = actions.map((pattern) => covers(pattern, action));
  const isNamed = answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  return isOthers && isNamed !== undefined ? !isNamed : isNamed;
}

/** Whether a statement is about everybody. */
export function isForAnybody({ principals, isAnybodyBut }: Statement): boolean {
  return isAnybodyBut || principals.some(({ kind, value }) => [ANY, 'AWS'].includes(kind) && value === '*');
}

/** Whether a statement may be about everybody, as only the deployment knows. */
export function mayBeForAnybody({ principals }: Statement): boolean {
  return principals.some(({ kind, value }) => [ANY, 'AWS'].includes(kind) && isNotKnown(value) && (value instanceof Unknown || value === ANY_TEXT));
}

function covers(pattern: Value, action: string): boolean | undefined {
  if (typeof pattern !== 'string') return undefined;
  return isLike(pattern, action, 'i') || (isOpen(pattern) ? undefined : false);
}

