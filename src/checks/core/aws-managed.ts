import { POLICIES } from './aws-managed-list';
import { arnParts, isOpen, Value } from './value';

/** What a policy of AWS allows that a rule about roles asks for. */
export type ManagedFact = 'wildcards' | 'passRole' | 'jobs';

const LETTERS: Record<ManagedFact, string> = { wildcards: 'w', passRole: 'p', jobs: 'j' };

/** The name of a policy that AWS keeps, if a value is one. */
export function awsPolicyName(arn: Value): string | undefined {
  const [, , service, , account, path] = typeof arn === 'string' ? arnParts(arn) : [];
  return service === 'iam' && account === 'aws' && path?.startsWith('policy/') ? path.split('/').pop() : undefined;
}

/** Whether a managed policy that is in no template allows something: undefined where only the deployment knows, or AWS. */
export function managedAllows(arn: Value, fact: ManagedFact): boolean | undefined {
  const name = awsPolicyName(arn);
  if (name === undefined || isOpen(name) || !Object.hasOwn(POLICIES, name)) return undefined;
  return POLICIES[name].includes(LETTERS[fact]);
}
