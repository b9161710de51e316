import { isNotKnown } from './conditions';
import { isAbout, isForAnybody, mayBeForAnybody, Statement, statementsOf } from './policy';
import { refersTo } from './relations';
import { Resource } from './resource';
import { Template } from './template';
import { arnParts, isRecord, listOf, Unknown, Value } from './value';

/** Policies of a role as far as templates have them. */
export interface RolePolicies {
  readonly statements: readonly Statement[];
  /** Managed policies that are in no template, by what names them. */
  readonly managed: readonly Value[];
  /** Whether there is a policy of which only the deployment knows what it says. */
  readonly isOpen: boolean;
}

export function policiesOf(role: Resource, template: Template): RolePolicies {
  const arns = listOf(role.at('ManagedPolicyArns').value);
  const own = arns.map((arn) => managedPolicy(arn, role, template));
  const attached = template.near('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy').map((policy) => ({ policy, isSo: isAttached(policy, role) }));
  const documents = [
    ...role.each('Policies').map(({ path }) => statementsOf(role, `${path}.PolicyDocument`)),
    ...[...new Set([...own, ...attached.map(({ policy, isSo }) => (isSo ? policy : undefined))])].filter((policy) => policy !== undefined)
      .map((policy) => statementsOf(policy, 'PolicyDocument', role)),
    // One that may be attached allows what it says perhaps.
    ...attached.filter(({ isSo }) => isSo === undefined).map(({ policy }) => statementsOf(policy, 'PolicyDocument', role)?.map(perhaps)),
  ];
  return {
    statements: documents.flatMap((statements) => statements ?? []),
    managed: arns.filter((_, index) => own[index] === undefined),
    isOpen: documents.includes(undefined),
  };
}

function perhaps(statement: Statement): Statement {
  return { ...statement, isOpen: true, mayBeMissing: true };
}

/** Whether a policy names a role: undefined where only the deployment knows. */
function isAttached(policy: Resource, role: Resource): boolean | undefined {
  const names = policy.type === 'AWS::IAM::RolePolicy' ? [policy.at('RoleName').value] : listOf(policy.at('Roles').value);
  const answers = names.map((name) => refersTo(name, policy, role, 'RoleName'));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** The managed policy of a template that a value refers to, or names in its ARN. */
export function managedPolicy(arn: Value, role: Resource, template: Template): Resource | undefined {
  const referred = template.referred(arn, role.home);
  if (referred !== undefined) return referred.type === 'AWS::IAM::ManagedPolicy' ? referred : undefined;
  const [, , , , account, path] = typeof arn === 'string' ? arnParts(arn) : [];
  if (path === undefined || !template.isOwn(account)) return undefined;
  const name = path.split('/').pop();
  return template.near('AWS::IAM::ManagedPolicy').find((policy) => policy.at('ManagedPolicyName').value === name);
}

/** SageMaker's name, also where the deployment writes the end of it. */
const SAGEMAKER = /^sagemaker\.(amazonaws\.com(\.cn)?|⟨AWS::URLSuffix⟩)$/i;

/** Statements that let somebody assume a role: undefined if only the deployment knows them. */
export function trustOf(role: Resource): Statement[] | undefined {
  return statementsOf(role, 'AssumeRolePolicyDocument')?.filter((one) => one.effect === 'Allow' && isAbout(one, 'sts:AssumeRole') !== false);
}

/** Whether a statement is about SageMaker by its name. */
export function isForSageMaker({ principals }: Statement): boolean {
  return principals.some(({ kind, value }) => kind === 'Service' && typeof value === 'string' && SAGEMAKER.test(value));
}

/** Whether SageMaker can work with a role: undefined where only the deployment knows. */
export function isTrustedBySageMaker(role: Resource): boolean | undefined {
  const trust = trustOf(role);
  if (trust === undefined) return undefined;
  const trusting = trust.filter((one) => isForSageMaker(one) || isForAnybody(one));
  if (trusting.some((one) => !one.isOpen)) return true;
  if (trusting.length > 0) return undefined;
  return trust.some(mayBeForSageMaker) ? undefined : false;
}

/** Whether a statement may be about SageMaker, as only the deployment knows. */
export function mayBeForSageMaker(one: Statement): boolean {
  return mayBeForAnybody(one) || one.principals.some(({ kind, value }) => kind === 'Service' && isNotKnown(value) && mayBeSageMaker(value));
}

/** A name of which only the end is not known is that of another service. */
function mayBeSageMaker(value: Value): boolean {
  return value instanceof Unknown || isRecord(value) || /^(⟨\?⟩|sagemaker)/i.test(String(value));
}
