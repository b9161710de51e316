import { App } from 'aws-cdk-lib';
import { DataScienceStack } from './data-science-stack';
import { EndpointsStack } from './endpoints-stack';
import { PlatformStack } from './platform-stack';
import { StagingStack } from './staging-stack';

/** Whose accounts: those of the variables, or made-up ones. */
export const ACCOUNTS = {
  dataScience: process.env.SECURE_MLOPS_DATA_SCIENCE_ACCOUNT ?? '111111111111',
  staging: process.env.SECURE_MLOPS_STAGING_ACCOUNT ?? '222222222222',
  platform: process.env.SECURE_MLOPS_PLATFORM_ACCOUNT ?? '999999999999',
};
const REGION = process.env.SECURE_MLOPS_REGION ?? 'eu-west-1';

/**
 * An environment that deploys to a staging account, one target placed by hand, and to everything in a production unit,
 * targets placed by a stack set of the platform account; and a model on its way to staging.
 */
export function build(app: App): EndpointsStack {
  const env = (account: string) => ({ account, region: REGION });
  const { churn: environment, staging, production } = new DataScienceStack(app, 'SecureMlopsDataScience', {
    env: env(ACCOUNTS.dataScience), staging: ACCOUNTS.staging, platform: ACCOUNTS.platform,
  });
  const target = new StagingStack(app, 'SecureMlopsStaging', { env: env(ACCOUNTS.staging), environment, stage: staging });
  new PlatformStack(app, 'SecureMlopsPlatform', { env: env(ACCOUNTS.platform), environment, stage: production });
  const endpoints = new EndpointsStack(app, 'SecureMlopsEndpoints', { env: env(ACCOUNTS.dataScience), environment, stage: staging });
  endpoints.addDependency(target);
  return endpoints;
}

if (require.main === module) build(new App());
