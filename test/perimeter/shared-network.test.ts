import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CrossAccountDeploymentTarget, DataScienceEnvironment, DeploymentStage, EndpointService, EnvironmentNetwork, ModelPromotion } from '../../src';
import { PolicyStatement } from '../access/policy-document';

/** The ids of statements, endpoint by endpoint. */
function sidsOf(stack: Stack): Record<string, string[]> {
  const endpoints = Object.entries(Template.fromStack(stack).findResources('AWS::EC2::VPCEndpoint'));
  return Object.fromEntries(endpoints.map(([id, { Properties }]) => {
    const { Statement = [] } = (Properties.PolicyDocument ?? {}) as { Statement?: PolicyStatement[] };
    return [id, Statement.flatMap(({ Sid }) => Sid ?? [])];
  }));
}

const twice = (sids: string[]) => sids.filter((sid, index) => sids.indexOf(sid) !== index);

test('environments and targets that share a network have ids of their own in the policies of its endpoints', () => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const network = new EnvironmentNetwork(stack, 'Network', { endpoints: { additionalServices: [EndpointService.SAGEMAKER_RUNTIME] } });
  const own = DeploymentStage.sameAccount('test');
  const [one] = [['churn', '222222222222'], ['churn-2', '333333333333']].map(([environmentName, account]) => new DataScienceEnvironment(stack, environmentName, {
    environmentName, network, deploymentStages: [own, DeploymentStage.accounts('staging', { accounts: [account], promotion: ModelPromotion.copy() })],
  }));
  new CrossAccountDeploymentTarget(stack, 'Target', { environment: one, stage: own, network });
  const endpoints = sidsOf(stack);
  expect(Object.values(endpoints).flat().filter((sid) => sid.startsWith('EnvironmentBuckets')).length).toBe(3);
  expect(Object.fromEntries(Object.entries(endpoints).map(([id, sids]) => [id, twice(sids)]).filter(([, sids]) => sids.length > 0))).toEqual({});
});
