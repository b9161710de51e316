import { Bucket } from 'aws-cdk-lib/aws-s3';
import { churn } from './churn-app';
import { readScenarios } from './scenario';
import { Simulator } from './simulator';
import { trialOf, tryOut } from './trial';
import { EndpointService, EnvironmentNetwork } from '../../src';

const NOTEBOOKS = 'https://git-codecommit.us-east-1.amazonaws.com/v1/repos/notebooks';

/** What has to be asked for: a package index, a repository to clone, a bucket of the company as data, and CodePipeline's endpoint, which takes no policy. */
const system = churn({
  props: (stack) => ({
    packageIndex: {},
    personas: { sourceCidrs: ['203.0.113.0/24'] },
    studio: { codeRepositories: [NOTEBOOKS] },
    network: new EnvironmentNetwork(stack, 'Network', { endpoints: { additionalServices: [EndpointService.CODEPIPELINE] } }),
  }),
  finish: (environment) => environment.addDataSource(Bucket.fromBucketName(environment, 'Warehouse', 'company-warehouse'), { prefix: 'sales/' }),
});
const simulator = new Simulator();

test.each(readScenarios('options'))('$id: $why', async (scenario) => {
  const { outcome, detail } = await tryOut(trialOf(scenario, system), simulator);
  expect({ outcome, detail: outcome === scenario.expect ? '' : detail }).toEqual({ outcome: scenario.expect, detail: '' });
});
