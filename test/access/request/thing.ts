import { NamedPolicy } from '../policy-document';
import { Account } from './organization';
import { Context } from './requester';

/** What a request is made on. */
export interface Thing {
  readonly arn: string;
  readonly account: { readonly id: string; readonly organization?: Account['organization'] };
  /** The resource policy. */
  readonly policy?: NamedPolicy;
  /** Context keys that come with the resource. */
  readonly context?: Context;
  /** Tags that it has, or is created with. */
  readonly tags?: Record<string, string>;
}
