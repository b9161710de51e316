import { Stack } from 'aws-cdk-lib';
import { DeploymentStage, DeploymentTargetProduct, EnvironmentProduct, ModelPromotion } from '../../../src';
import { ChurnTemplate } from '../../environment/products/product-app';

/** Environments from Service Catalog, with a project template and a product for members, whose content the stack around holds, and targets of them. */
export function offered(stack: Stack): void {
  new EnvironmentProduct(stack, 'Environments', {
    productName: 'Data science environment',
    owner: 'Platform team',
    versions: [{ name: '1', template: new ChurnTemplate(stack, 'V1', { projects: true, members: true }) }],
  });
  new DeploymentTargetProduct(stack, 'Targets', {
    productName: 'Deployment target',
    owner: 'Platform team',
    environmentAccounts: ['111111111111'],
    stages: [DeploymentStage.accounts('production', { accounts: ['222222222222'], promotion: ModelPromotion.copy(), monitoring: {} })],
  });
}
