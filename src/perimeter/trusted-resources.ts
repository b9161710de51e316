import { Conditions } from './conditions';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired } from '../private/required-input';

/** Resources that may be reached from the environment's network, one of the three parts of a data perimeter. */
export class TrustedResources {
  /** Resources of the environment's own account, and of S3 only the environment's buckets and its data sources. */
  public static account(): TrustedResources {
    return new TrustedResources((account) => ({ StringEquals: { 'aws:ResourceAccount': account } }));
  }

  /** Resources of an organization in AWS Organizations, and of S3 only the environment's buckets and its data sources. */
  public static organization(organizationId: string): TrustedResources {
    checkRequired('TrustedResources.organization', { organizationId }, { organizationId: ANYTHING });
    new InputCheck('TrustedResources').organizationId('organizationId', organizationId).throwIfInvalid();
    return new TrustedResources(() => ({ StringEquals: { 'aws:ResourceOrgID': organizationId } }));
  }

  private constructor(private readonly condition: (account: string) => Conditions) {}

  /** @internal */
  public _resourceCondition(account: string): Conditions {
    return this.condition(account);
  }
}
