import { App, Stack } from 'aws-cdk-lib';
import { fixedCosts } from '../../integ/quickstart/prices';
import { DataScienceEnvironment, DataScienceEnvironmentProps } from '../../src';
import { Template } from '../apps/template/template';

/** Dollars a month of an environment in two zones, by what they are for. */
function costs(props: Partial<DataScienceEnvironmentProps>): Record<string, number> {
  const app = new App({ analyticsReporting: false }), stack = new Stack(app, 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn', ...props });
  return Object.fromEntries(fixedCosts(app.synth().getStackByName('Stack').template as Template).map(({ what, count, each }) => [what, count * each]));
}

const [ENDPOINTS, KEYS, SERVERS] = ['private endpoints, one in each zone', 'customer-managed keys', 'MLflow tracking servers (small)'];

test('a feature store costs an endpoint in each zone and a key before anybody uses it', () => {
  const [without, with_] = [costs({}), costs({ featureStore: true })];
  expect(with_[ENDPOINTS] - without[ENDPOINTS]).toBeCloseTo(14.6);
  expect(with_[KEYS] - without[KEYS]).toBe(1);
});

test('experiments cost their server as well', () => {
  const [without, with_] = [costs({}), costs({ mlflow: {} })];
  expect(without).not.toHaveProperty([SERVERS]);
  expect(with_[SERVERS]).toBeCloseTo(438);
});
