import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnTopic, Topic } from 'aws-cdk-lib/aws-sns';
import { DataScienceEnvironment, DeploymentStage, EnvironmentRegistry, ModelApproval, ProjectBlueprint, ProjectTemplate } from '../../src';

const REGISTRY = { environmentName: 'churn', account: '111111111111', region: 'eu-west-1' };

function environmentIn(app: App) {
  const stack = new Stack(app, 'Stack', { env: { account: REGISTRY.account, region: REGISTRY.region } });
  const approval = ModelApproval.manual({ notify: new Topic(stack, 'Approvals') });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', dataPreparation: {}, deploymentStages: [DeploymentStage.accounts('production', { accounts: ['222222222222'], approval })],
  });
  return { stack, environment };
}

/** A template of somebody's own that reads a value of the environment. */
function reading(room: string, what: string): App {
  const app = new App(), { stack, environment } = environmentIn(app);
  environment.registry.publish(stack, 'storage', 'ours', 'a bucket that we have added');
  const template = new ProjectTemplate(stack, 'Own', { registry: environment.registry });
  new CfnTopic(template, 'Topic', { displayName: template.fromEnvironment(room, what) });
  environment.addProjectTemplate('Own', { blueprint: ProjectBlueprint.custom(template) });
  return app;
}

test('everything that an environment publishes is known to templates', () => {
  const { stack, environment } = environmentIn(new App());
  environment.addProjectTemplate('Batch', { blueprint: ProjectBlueprint.batchInference() });
  const names = Object.values(Template.fromStack(stack).findResources('AWS::SSM::Parameter')).map(({ Properties }) => (Properties as { Name: string }).Name);
  const anew = new EnvironmentRegistry(REGISTRY);
  const unknown = names.filter((name) => {
    const [room, what] = name.replace('/secure-mlops/churn/', '').split('/');
    return anew._faultOf(room, what) !== undefined;
  });
  expect(names.length).toBeGreaterThan(20);
  expect(unknown).toEqual([]);
});

test('a name that is mistyped fails here, and not when somebody launches a project', () => {
  expect(() => reading('network', 'vpc-di').synth()).toThrow(
    '[Stack/Own] parameter of the environment must be one that the environment keeps in network: vpc-id, subnet-ids, workload-security-group-id, '
    + 'got "/secure-mlops/churn/network/vpc-di". What you keep yourself, publish in a room of your own (registry.publish)');
});

test.each([['network', 'vpc-id'], ['storage', 'ours'], ['payroll', 'anything']])('%s/%s may be read', (room, what) => {
  expect(() => reading(room, what).synth()).not.toThrow();
});
