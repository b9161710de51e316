import { Stack } from 'aws-cdk-lib';
import { EnvironmentProduct } from '../../../src';
import { ChurnTemplate } from '../../environment/product-app';

/** Environments that are launched from Service Catalog, with a project template and a product for members, whose content the stack around holds. */
export function offered(stack: Stack): void {
  new EnvironmentProduct(stack, 'Environments', {
    productName: 'Data science environment',
    owner: 'Platform team',
    versions: [{ name: '1', template: new ChurnTemplate(stack, 'V1', { projects: true, members: true }) }],
  });
}
