/** Rules that an app is checked against. */
export interface SecureMlopsChecksProps {
  /**
   * Names of the only rules that are looked at.
   *
   * @default - every rule
   */
  readonly rules?: string[];

  /**
   * Names of rules that are not looked at.
   *
   * @default - none
   */
  readonly excludedRules?: string[];

  /**
   * Accounts that images of models may come from, beside the app's own and those that AWS keeps images in: twelve digits each.
   *
   * @default - none
   */
  readonly imageAccounts?: string[];
}
