import { CfnPortfolioPrincipalAssociation, IPortfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { ManagedRole } from './managed-role';
import { arnIn } from '../private/arn';
import { roleOfPermissionSet } from '../private/identity-center';

/** Shows a portfolio to people: to a persona's role, and to whoever has a permission set with its permissions. */
export function openPortfolio(portfolio: IPortfolio, persona: ManagedRole): void {
  portfolio.giveAccessToRole(persona.role);
  persona._eachPermissionSet((name) => openToPermissionSet(portfolio, name));
}

/**
 * Shows a portfolio to whoever has a permission set. A pattern has no account, and is of the portfolio's.
 *
 * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_AssociatePrincipalWithPortfolio.html
 */
export function openToPermissionSet(portfolio: IPortfolio, permissionSetName: string): void {
  const id = `PermissionSet-${permissionSetName}`;
  if (portfolio.node.tryFindChild(id) !== undefined) return;
  new CfnPortfolioPrincipalAssociation(portfolio, id, {
    portfolioId: portfolio.portfolioId, principalArn: arnIn(portfolio, 'iam', roleOfPermissionSet(permissionSetName), { account: '' }), principalType: 'IAM_PATTERN',
  });
}
