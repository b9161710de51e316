import { App } from 'aws-cdk-lib';
import { BringYourOwnStack } from './bring-your-own-stack';
import { CompanyStack } from './company-stack';

/** An environment beside what a company has already; both are stacks, so that a test account needs nothing before. */
export function build(app: App): BringYourOwnStack {
  const company = new CompanyStack(app, 'SecureMlopsCompany');
  return new BringYourOwnStack(app, 'SecureMlopsBringYourOwn', { company });
}

if (require.main === module) build(new App());
