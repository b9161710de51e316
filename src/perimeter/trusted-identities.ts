import { InputCheck } from '../private/input-check';
import { Conditions } from './private/conditions';

/** Whose credentials may be used in the environment's network: one of the three facts of a data perimeter. */
export class TrustedIdentities {
  /** Principals of the environment's own account. */
  public static account(): TrustedIdentities {
    return new TrustedIdentities((account) => ({ StringEquals: { 'aws:PrincipalAccount': account } }));
  }

  /** Principals of an organization. */
  public static organization(organizationId: string): TrustedIdentities {
    new InputCheck('TrustedIdentities').organizationId('organizationId', organizationId).done();
    return new TrustedIdentities(() => ({ StringEquals: { 'aws:PrincipalOrgID': organizationId } }));
  }

  /** Principals of accounts in some organizational units, given by their paths from the organization down. */
  public static organizationalUnits(organizationId: string, organizationalUnitPaths: string[]): TrustedIdentities {
    new InputCheck('TrustedIdentities')
      .notEmpty('organizationalUnitPaths', organizationalUnitPaths)
      .that('organizationalUnitPaths', organizationalUnitPaths, (paths) => paths.every((path) => path.startsWith(`${organizationId}/r-`) && path.endsWith('/')),
        `be paths such as ${organizationId}/r-ab12/ou-ab12-data1111/`)
      .done();
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
