import { ExpectedResult, IntegTest } from '@aws-cdk/integ-tests-alpha';
import { build } from './app';
import { SnapshotApp } from '../snapshot-app';

const app = new SnapshotApp();
const stack = build(app);
const { product, portfolio } = stack.environments;

const test = new IntegTest(app, 'SelfServiceTest', { testCases: [stack], stackUpdateWorkflow: true });

// What only an account can show: Service Catalog takes the templates with their rules.
test.assertions
  .awsApiCall('ServiceCatalog', 'describeProductAsAdmin', { Id: product.productId })
  .expect(ExpectedResult.objectLike({ ProductViewDetail: { Status: 'AVAILABLE' }, ProvisioningArtifactSummaries: [{ Name: '1.0' }, { Name: '2.0' }] }));
test.assertions
  .awsApiCall('ServiceCatalog', 'listConstraintsForPortfolio', { PortfolioId: portfolio.portfolioId, ProductId: product.productId })
  .expect(ExpectedResult.objectLike({ ConstraintDetails: [{ Type: 'LAUNCH' }] }));
