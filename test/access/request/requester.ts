import { NamedPolicy } from '../policy-document';
import { Account } from './organization';

/** Context keys of a request. */
export type Context = Record<string, string | string[]>;

/** Who makes a request, as IAM sees them. */
export interface Requester {
  readonly kind: 'role' | 'user' | 'service' | 'anonymous';
  /** The account of a role or user. */
  readonly account?: Account;
  /** ARN of a role or user, principal of a service. */
  readonly arn: string;
  /** Name of a role or user. */
  readonly name: string;
  /** Session name of a role. */
  readonly session?: string;
  /** Tags of the session. */
  readonly tags?: Record<string, string>;
  /** Context keys that come with the identity. */
  readonly context?: Context;
  /** Identity policies; everything is allowed by identity where we do not write them. */
  readonly identityPolicies?: NamedPolicy[];
  readonly boundary?: NamedPolicy;
}

/** A session of a role. */
export function session(account: Account, name: string, more: Partial<Requester> = {}): Requester {
  return { kind: 'role', account, name, arn: `arn:aws:iam::${account.id}:role/${name}`, session: 'session', ...more };
}

/** An IAM user. */
export function user(account: Account, name: string): Requester {
  return { kind: 'user', account, name, arn: `arn:aws:iam::${account.id}:user/${name}` };
}

/** An AWS service with its own principal. */
export function service(name: string): Requester {
  return { kind: 'service', name, arn: `${name}.amazonaws.com` };
}
