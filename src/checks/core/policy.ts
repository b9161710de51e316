import { isLike } from './pattern';
import { Resource, Template } from './template';
import { isOpen, isRecord, listOf, Reference, shown, Unknown, Value } from './value';

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

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Value[];
}

/**
 * Statements of a policy document. Undefined if only the deployment knows them.
 *
 * @param of what the policy is for, if that is another resource
 */
export function statementsOf(resource: Resource, path: string, of: Resource = resource): Statement[] | undefined {
  const { value } = resource.at(path);
  if (value === undefined) return [];
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
    isOpen: one.NotResource !== undefined || principals.some(({ value }) => value instanceof Unknown)
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

/** Operators that hold for all values but those that are named, and where there is no value. */
const NEGATED = /^(ForAllValues:)?\w+Not\w+$/i;
/** Operators that hold where there is no value, though they name some: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
const LENIENT = /^ForAllValues:|IfExists$/i;

/** Whether a condition holds for requests that do not have its key: undefined where only the deployment knows. */
export function holdsWithout({ operator, values }: Condition): boolean | undefined {
  if (/^Null$/i.test(operator)) return values.some((one) => String(one) === 'true') ? true : values.some(isNotKnown) ? undefined : false;
  return NEGATED.test(operator) || LENIENT.test(operator);
}

/** Whether a condition holds for all but those that it names. */
export function isAllBut(condition: Condition): boolean | undefined {
  return /^Null$/i.test(condition.operator) ? holdsWithout(condition) : /Not/i.test(condition.operator);
}

/** Whether a condition holds only for those that it names. */
export function isOnly({ operator, values }: Condition): boolean {
  return !/^Null$|Not/i.test(operator) && !values.includes('*');
}

function isNotKnown(value: Value): boolean {
  return value instanceof Unknown || (typeof value === 'string' && isOpen(value));
}

/** Whether a statement is about an action: undefined where the deployment decides. */
export function isAbout({ actions, isAllBut: isOthers }: Statement, action: string): boolean | undefined {
  const answers = actions.map((pattern) => covers(pattern, action));
  const isNamed = answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  return isOthers && isNamed !== undefined ? !isNamed : isNamed;
}

function covers(pattern: Value, action: string): boolean | undefined {
  if (typeof pattern !== 'string') return undefined;
  return isLike(pattern, action, 'i') || (isOpen(pattern) ? undefined : false);
}

/** Policies of a role as far as the template has them. */
export interface RolePolicies {
  readonly statements: readonly Statement[];
  /** Managed policies that are not in the template, by what names them. */
  readonly managed: readonly Value[];
  /** Whether there is a policy of which only the deployment knows what it says. */
  readonly isOpen: boolean;
}

export function policiesOf(role: Resource, template: Template): RolePolicies {
  const named = role.at('ManagedPolicyArns');
  const arns = listOf(named.value);
  const own = arns.map((arn) => template.referred(arn));
  const attached = [
    ...template.of('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy').filter((policy) => listOf(policy.at('Roles').value).some((one) => isRole(one, role))),
    ...template.of('AWS::IAM::RolePolicy').filter((policy) => isRole(policy.at('RoleName').value, role)),
    ...own.filter((policy): policy is Resource => policy?.type === 'AWS::IAM::ManagedPolicy'),
  ];
  const documents = [
    ...role.each('Policies').map(({ path }) => statementsOf(role, `${path}.PolicyDocument`)),
    ...[...new Set(attached)].map((policy) => statementsOf(policy, 'PolicyDocument', role)),
  ];
  return {
    statements: documents.flatMap((statements) => statements ?? []),
    managed: arns.filter((_, index) => own[index] === undefined),
    isOpen: documents.includes(undefined) || role.at('Policies').value instanceof Unknown,
  };
}

/** Whether a value names a role: by its reference, or by the name that it is given. */
export function isRole(value: Value, role: Resource): boolean {
  if (value instanceof Reference) return value.logicalId === role.logicalId;
  const name = role.at('RoleName').value;
  return value !== undefined && name !== undefined && shown(value) === shown(name);
}

/** SageMaker's name, also where the deployment writes the end of it. */
const SAGEMAKER = /^sagemaker\.(amazonaws\.com(\.cn)?|⟨AWS::URLSuffix⟩)$/;

/** Whether SageMaker can work with a role: undefined where only the deployment knows. */
export function isTrustedBySageMaker(role: Resource): boolean | undefined {
  const trusting = trustOf(role);
  if (trusting.some((one) => !one.isOpen)) return true;
  const statements = statementsOf(role, 'AssumeRolePolicyDocument');
  if (statements === undefined || trusting.length > 0) return undefined;
  const mayBe = ({ effect, principals }: Statement) => (
    effect === 'Allow' && principals.some(({ kind, value }) => ['Service', ANY].includes(kind) && isNotKnown(value))
  );
  return statements.some(mayBe) ? undefined : false;
}

/** Statements that let SageMaker assume a role. */
export function trustOf(role: Resource): Statement[] {
  return (statementsOf(role, 'AssumeRolePolicyDocument') ?? []).filter(({ effect, principals }) => (
    effect === 'Allow' && principals.some(({ kind, value }) => kind === 'Service' && typeof value === 'string' && SAGEMAKER.test(value))
  ));
}
