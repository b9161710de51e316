import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DataScienceEnvironment, MlopsProjectTemplate, ProjectBlueprint, TemplateDelivery } from '../../src';
import { testApp } from '../test-app';

const env = { account: '111111111111', region: 'eu-west-1' };
const stackOf = () => new Stack(testApp({ analyticsReporting: false }), 'Stack', { env });
const blueprint = ProjectBlueprint.batchInference();

describe('a project template of its own', () => {
  const stack = stackOf();
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  new MlopsProjectTemplate(stack, 'Batch', { environment, blueprint });
  new MlopsProjectTemplate(stack, 'Shown', { environment, blueprint, delivery: TemplateDelivery.s3() });
  const template = Template.fromStack(stack);
  const actions = JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'));

  test('has what one has that the environment adds: people may launch it, and what the blueprint needs is there', () => {
    expect(actions).toContain('servicecatalog:ProvisionProduct');
    expect(actions).toContain('cloudformation:TemplateUrl');
    expect(environment.executionRoles.batchInferenceRole).toBeDefined();
  });

  test('shows the buckets of projects and the queue of events that were not delivered', () => {
    const { storage: { artifactsBucket: artifacts, templatesBucket: templates }, undeliveredEvents } = environment;
    expect([artifacts, templates, undeliveredEvents]).not.toContain(undefined);
  });
});

test('to look at an environment without projects makes nothing', () => {
  const [looked, left] = [stackOf(), stackOf()].map((stack) => new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' }));
  const { undeliveredEvents, executionRoles: { batchInferenceRole: batchInference }, storage } = looked;
  const { artifactsBucket: artifacts, templatesBucket: templates } = storage;
  expect([undeliveredEvents, batchInference, artifacts, templates]).toEqual(Array(4).fill(undefined));
  expect(Template.fromStack(Stack.of(looked)).toJSON()).toEqual(Template.fromStack(Stack.of(left)).toJSON());
});

test('an environment that is known by its names alone offers no templates', () => {
  const stack = stackOf();
  const environment = DataScienceEnvironment.fromEnvironmentAttributes(stack, 'Churn', { environmentName: 'churn', ...env });
  expect(() => new MlopsProjectTemplate(stack, 'Batch', { environment, blueprint })).toThrow(
    '[Stack/Batch] environment must be a DataScienceEnvironment of this app, got "churn". An environment that is known by its names alone');
});
