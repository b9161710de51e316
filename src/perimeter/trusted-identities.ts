import { Conditions } from './conditions';
import { InputCheck } from '../private/input-check';
import { ANYTHING, checkRequired, listOf, TEXT } from '../private/required-input';

/** Identities whose credentials may be used in the environment's network, one of the three parts of a data perimeter. */
export class TrustedIdentities {
  /** Principals of the environment's own account. */
  public static account(): TrustedIdentities {
    return new TrustedIdentities((account) => ({ StringEquals: { 'aws:PrincipalAccount': account } }));
  }

  /** Principals of an organization in AWS Organizations. */
  public static organization(organizationId: string): TrustedIdentities {
    checkRequired('TrustedIdentities.organization', { organizationId }, { organizationId: ANYTHING });
    new InputCheck('TrustedIdentities').organizationId('organizationId', organizationId).throwIfInvalid();
    return new TrustedIdentities(() => ({ StringEquals: { 'aws:PrincipalOrgID': organizationId } }));
  }

  /** Principals of the accounts of some organizational units, whose paths start with the organization id. */
  public static organizationalUnits(organizationId: string, organizationalUnitPaths: string[]): TrustedIdentities {
    checkRequired('TrustedIdentities.organizationalUnits', { organizationId, organizationalUnitPaths }, { organizationId: ANYTHING, organizationalUnitPaths: listOf(TEXT) });
    new InputCheck('TrustedIdentities')
      .organizationId('organizationId', organizationId)
      .notEmpty('organizationalUnitPaths', organizationalUnitPaths)
      .that('organizationalUnitPaths', organizationalUnitPaths, (paths) => paths.every((path) => path.startsWith(`${organizationId}/r-`) && path.endsWith('/')),
        `be paths such as ${organizationId}/r-ab12/ou-ab12-data1111/`)
      .throwIfInvalid();
    return new TrustedIdentities(() => ({
      'StringEquals': { 'aws:PrincipalOrgID': organizationId },
      'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': organizationalUnitPaths.map((path) => `${path}*`) },
    }));
  }

  private constructor(private readonly condition: (account: string) => Conditions) {}

  /** @internal */
  public _principalCondition(account: string): Conditions {
    return this.condition(account);
  }
}
