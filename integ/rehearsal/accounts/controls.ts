import { RemovalPolicy } from 'aws-cdk-lib';
import { FIRST as DATA_SCIENCE, PLATFORM as MANAGEMENT } from './organization';
import { AccountsVariant } from './variants';
import { ControlsStack } from '../../apps/controls/controls-stack';
import { OrganizationStack } from '../../apps/controls/organization-stack';
import { WorkStack } from '../../apps/controls/work-stack';

const UNIT = 'ou-ab12-data1111';
/** An environment with every control, of which those that correct are tried. */
export function controls(): AccountsVariant {
  return {
    name: 'controls',
    proves: 'every control stands beside an environment and goes again; what breaks a rule is corrected with the function\'s own permissions, recorded, and taken back by those who may; logs, records and their key stay, and nothing else',
    accounts: [DATA_SCIENCE, MANAGEMENT],
    organization: {
      id: 'o-exampleorg', root: 'r-ab12', managementAccount: MANAGEMENT, units: [{ id: UNIT, name: 'data' }], accounts: { [DATA_SCIENCE]: UNIT },
    },
    context: { '@cdk-secure-mlops/destroy-data': true },
    build: (app, { region }) => {
      const of = (account: string) => ({ env: { account, region } });
      const { churn: environment } = new WorkStack(app, 'Work', { ...of(DATA_SCIENCE), removalPolicy: RemovalPolicy.DESTROY });
      const made = new ControlsStack(app, 'Controls', { ...of(DATA_SCIENCE), environment });
      new OrganizationStack(app, 'Organization', { ...of(MANAGEMENT), controls: made });
    },
    change: true,
  };
}
