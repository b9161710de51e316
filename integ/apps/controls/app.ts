import { App } from 'aws-cdk-lib';
import { ControlsStack } from './controls-stack';
import { OrganizationStack } from './organization-stack';
import { WorkStack } from './work-stack';

/** Whose accounts: those of the variables, or made-up ones. */
export const ACCOUNTS = {
  dataScience: process.env.SECURE_MLOPS_DATA_SCIENCE_ACCOUNT ?? '111111111111',
  management: process.env.SECURE_MLOPS_MANAGEMENT_ACCOUNT ?? '999999999999',
};
const REGION = process.env.SECURE_MLOPS_REGION ?? 'eu-west-1';

/** An environment with every control: those that tell, those that correct, and an organization that guards the account. */
export function build(app: App): ControlsStack {
  const env = (account: string) => ({ account, region: REGION });
  const { churn: environment } = new WorkStack(app, 'SecureMlopsWork', { env: env(ACCOUNTS.dataScience) });
  const controls = new ControlsStack(app, 'SecureMlopsControls', { env: env(ACCOUNTS.dataScience), environment });
  new OrganizationStack(app, 'SecureMlopsOrganization', { env: env(ACCOUNTS.management), controls });
  return controls;
}

if (require.main === module) build(new App());
