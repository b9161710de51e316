import { PolicyStatement } from './aws/account';

/** What a statement asks for that none covers. */
export interface Uncovered {
  readonly statement: PolicyStatement;
  readonly actions: string[];
  readonly resources: string[];
}

/** One action on one resource, which is undefined where only the deployment knows it. */
interface Request {
  readonly action: string;
  readonly resource?: string;
  /** Of every resource, what is left out. */
  readonly except?: string[];
}

/**
 * What statements ask for that no other statement of the same effect says, at least as widely: its actions and resources, under no
 * condition but theirs. A request may be covered by one statement and the next by another.
 *
 * IAM's simulator would answer for one request after the other, with the values of every condition key made up; it knows nothing of
 * denials that are missing.
 */
export function uncovered(needed: PolicyStatement[], has: PolicyStatement[]): Uncovered[] {
  return needed.flatMap((statement) => {
    const left = requestsOf(statement).filter((request) => !has.some((one) => covers(one, statement, request)));
    return left.length === 0 ? [] : [told(statement, left)];
  });
}

/** What statements allow and another denies, whatever the request says: the denials, with what they hit. */
export function deniedBy(needed: PolicyStatement[], has: PolicyStatement[]): Uncovered[] {
  const denials = has.filter(({ Effect, Condition = {} }) => Effect === 'Deny' && Object.keys(Condition).length === 0);
  return denials.flatMap((statement) => {
    const hit = needed.filter(({ Effect }) => Effect === 'Allow').flatMap((one) => (
      requestsOf(one).filter(({ action, resource = '', except }) => coversAction(statement, action) && coversResource(statement, resource, except))));
    return hit.length === 0 ? [] : [told(statement, hit)];
  });
}

function told(statement: PolicyStatement, requests: Request[]): Uncovered {
  return {
    statement,
    actions: [...new Set(requests.map(({ action }) => action))],
    resources: [...new Set(requests.map(({ resource = 'what the stack makes', except }) => (except === undefined ? resource : `everything but ${except.join(', ')}`)))],
  };
}

function covers(one: PolicyStatement, needed: PolicyStatement, { action, resource, except }: Request): boolean {
  return one.Effect === needed.Effect && coversAction(one, action) && (resource === undefined || coversResource(one, resource, except))
    && coversPrincipals(one, needed) && isNoNarrower(one.Condition ?? {}, needed.Condition ?? {});
}

/** Trust policies name no resource; one that only the deployment knows is named, and undefined. */
function requestsOf(statement: PolicyStatement): Request[] {
  const resources = ('Resource' in statement ? [statement.Resource].flat() : ['*']) as (string | undefined)[];
  const asked = statement.NotAction === undefined ? textsOf(statement.Action) : ['*'];
  const except = statement.NotResource === undefined ? undefined : textsOf(statement.NotResource);
  return asked.flatMap((action) => resources.map((resource) => ({ action, resource, except })));
}

function coversAction({ Action, NotAction }: PolicyStatement, action: string): boolean {
  const [asked, ...all] = [action, ...textsOf(NotAction ?? Action)].map((text) => text.toLowerCase());
  return NotAction === undefined ? all.some((pattern) => isWithin(asked, pattern)) : !all.some((pattern) => mayMeet(asked, pattern));
}

function coversResource({ Resource = '*', NotResource }: PolicyStatement, resource: string, except?: string[]): boolean {
  const isAskedFor = (pattern: string) => (except === undefined ? mayMeet(resource, pattern) : !except.some((given) => isWithin(pattern, given)));
  if (NotResource !== undefined) return !textsOf(NotResource).some(isAskedFor);
  return textsOf(Resource).some((pattern) => isWithin(resource, pattern));
}

/** Of trust policies. An account by its number is its root. */
function coversPrincipals({ Principal, NotPrincipal }: PolicyStatement, { Principal: named, NotPrincipal: others }: PolicyStatement): boolean {
  const needed = others === undefined ? named : '*';
  if (needed === undefined) return true;
  if (NotPrincipal !== undefined || Principal === undefined) return false;
  const isAnybody = Principal === '*' || textsOf(Principal.AWS).includes('*');
  if (needed === '*' || isAnybody) return isAnybody;
  return Object.entries(needed).every(([kind, names]) => (
    textsOf(names).every((name) => textsOf(Principal[kind]).map(accountOf).includes(accountOf(name)))));
}

function accountOf(principal: string): string {
  return /^arn:[^:]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
}

type Conditions = Required<PolicyStatement>['Condition'];

/** Whether conditions hold whenever those others do, as far as that is seen: each is one of them, and no narrower. */
function isNoNarrower(conditions: Conditions, others: Conditions): boolean {
  return Object.entries(conditions).every(([operator, keys]) => Object.entries(keys).every(([key, values]) => (
    Object.entries(others).some(([other, itsKeys]) => isSameOperator(operator, other) && Object.entries(itsKeys).some(([itsKey, needed]) => (
      itsKey.toLowerCase() === key.toLowerCase() && (/Not/.test(operator) ? isPart(values, needed, operator) : isPart(needed, values, operator))
    )))
  )));
}

function isSameOperator(one: string, other: string): boolean {
  const [name, itsName] = [one, other].map((operator) => operator.replace('ArnEquals', 'ArnLike').replace('ArnNotEquals', 'ArnNotLike'));
  return name === itsName || name === `${itsName}IfExists` || name === 'StringLike' && itsName === 'StringEquals';
}

/** Whether each of the values is one of the others. What only the deployment knows is taken to be. */
function isPart(values: unknown, others: unknown, operator: string): boolean {
  const known = textsOf(others), isPattern = /Like|^Arn/.test(operator), hasUnknown = [others].flat().includes(undefined);
  return textsOf(values).every((value) => hasUnknown || known.some((other) => isPattern ? isWithin(value, other) : value === other));
}

/** Texts of a list, or of one; those that only the deployment knows are left out. */
function textsOf(value: unknown): string[] {
  return ([value].flat() as unknown[]).filter((one) => one !== undefined && one !== null).map(String);
}

/** Whether a pattern matches every text that another stands for: a wildcard of that one is matched by `*` alone. */
function isWithin(text: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '[^*]')}$`, 's').test(text);
}

/** Whether some text may match both: the one begins like the other, up to the first wildcard of either. */
function mayMeet(one: string, other: string): boolean {
  const [beginning, its] = [one, other].map((text) => text.replace(/[*?].*$/s, ''));
  const isWild = beginning !== one || its !== other;
  return isWild ? beginning.startsWith(its) || its.startsWith(beginning) : one === other;
}
