import { App } from 'aws-cdk-lib';
import { SelfServiceStack } from './self-service-stack';

/** The product from which environments are launched; the environments themselves are launched by people. */
export function build(app: App): SelfServiceStack {
  return new SelfServiceStack(app, 'SecureMlopsSelfService');
}

if (require.main === module) build(new App());
