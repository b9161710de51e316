import { App } from 'aws-cdk-lib';
import { QuickstartStack } from '../../integ/apps/quickstart/quickstart-stack';

/** The quickstart as most people deploy it: into an account and region that the app names. */
new QuickstartStack(new App(), 'Quickstart', { env: { account: '111111111111', region: 'eu-west-1' } });
