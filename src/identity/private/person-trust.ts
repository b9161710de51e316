import { IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SessionIdentity } from '../session-identity';

/** How people assume a role. */
export interface PersonTrust {
  readonly principal: IPrincipal;
  /** Users of the account assume it, and no identity provider does it for them. */
  readonly isOfAccount: boolean;
  readonly sessionIdentity?: SessionIdentity;
  /** The one statement of the trust policy. */
  readonly statement: () => PolicyStatement;
}
