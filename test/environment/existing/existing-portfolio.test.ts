import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AccountRootPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Portfolio } from 'aws-cdk-lib/aws-servicecatalog';
import { DataScienceEnvironment, ProjectBlueprint } from '../../../src';
import { testApp } from '../../test-app';
import { product } from '../products/product-app';

const ARN = 'arn:aws:catalog:eu-west-1:111111111111:portfolio/port-abcdefghijklm';

/** An environment whose project templates go into a portfolio that exists already. */
function churn(portfolioArn: string) {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', portfolio: Portfolio.fromPortfolioArn(stack, 'Company', portfolioArn),
  });
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  return Template.fromStack(stack);
}

describe('a portfolio that exists already', () => {
  const template = churn(ARN);

  test('holds the project templates, which are launched with the launch role of the environment', () => {
    template.resourceCountIs('AWS::ServiceCatalog::Portfolio', 0);
    template.hasResourceProperties('AWS::ServiceCatalog::PortfolioProductAssociation', { PortfolioId: 'port-abcdefghijklm' });
    template.hasResourceProperties('AWS::ServiceCatalog::LaunchRoleConstraint', { PortfolioId: 'port-abcdefghijklm', RoleArn: Match.anyValue() });
  });

  test('is open to whoever launches projects', () => {
    const associations = Object.values(template.findResources('AWS::ServiceCatalog::PortfolioPrincipalAssociation', { Properties: { PortfolioId: 'port-abcdefghijklm' } }));
    expect(associations).toHaveLength(5);
  });

  test.each([
    ['another account', ARN.replace('111111111111', '222222222222'), 'be in the stack\'s account, 111111111111, got "222222222222"'],
    ['another region', ARN.replace('eu-west-1', 'eu-west-2'), 'be in the stack\'s region, eu-west-1, got "eu-west-2"'],
  ])('of %s is refused, for what is imported from there takes no products', (_, arn, message) => {
    expect(() => churn(arn)).toThrow(`[Stack/Churn] portfolio must ${message}`);
  });

  test('of another stack of the app does not refer to the environment', () => {
    const app = testApp(), env = { account: '111111111111', region: 'eu-west-1' };
    const company = new Stack(app, 'Company', { env }), stack = new Stack(app, 'Stack', { env });
    const portfolio = new Portfolio(company, 'Portfolio', { displayName: 'Company', providerName: 'Company' });
    new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', portfolio }).addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    app.synth();
    expect(stack.dependencies.map(({ node }) => node.path)).toEqual(['Company']);
    expect(company.dependencies).toEqual([]);
    Template.fromStack(stack).resourceCountIs('AWS::ServiceCatalog::PortfolioProductAssociation', 1);
  });
});

test('a product of environments is offered in a portfolio that exists already', () => {
  const { catalog, made } = product((stack) => ({ portfolio: Portfolio.fromPortfolioArn(stack, 'Company', ARN), sharedAccounts: ['222222222222'] }));
  made.grantLaunch(new Role(made, 'Administrator', { assumedBy: new AccountRootPrincipal() }));
  catalog().resourceCountIs('AWS::ServiceCatalog::Portfolio', 0);
  for (const type of ['PortfolioProductAssociation', 'PortfolioPrincipalAssociation', 'LaunchRoleConstraint', 'PortfolioShare']) {
    catalog().hasResourceProperties(`AWS::ServiceCatalog::${type}`, { PortfolioId: 'port-abcdefghijklm' });
  }
});

test('a product of environments refuses a portfolio of another account', () => {
  const elsewhere = ARN.replace('111111111111', '222222222222');
  expect(() => product((stack) => ({ portfolio: Portfolio.fromPortfolioArn(stack, 'Company', elsewhere) })))
    .toThrow('[Catalog/Environments] portfolio must be in the stack\'s account, 111111111111, got "222222222222"');
});
