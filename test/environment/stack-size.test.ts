import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { DataScienceEnvironment, Persona, ProjectBlueprint } from '../../src';
import { testApp } from '../test-app';

interface CfnResourceTemplate {
  readonly Type: string;
  readonly Properties: { readonly Roles: { readonly Ref: string }[] };
}

const SPLIT = 'Make an environment for each team, in a stack of its own, with the users and the project templates that this team needs';

/** An environment, and something beside it in its stack, so and so often. */
function filled(count: number, bytes = 0, suppressTemplateIndentation = false): { app: App; environment: DataScienceEnvironment } {
  const app = testApp(), stack = new Stack(app, 'Stack', { suppressTemplateIndentation });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  for (let index = 0; index < count; index++) new CfnResource(stack, `Filling${index}`, { type: 'Custom::Filling', properties: { Text: 'x'.repeat(bytes) } });
  return { app, environment };
}

/** Policies are there when the app is complete. */
function countOf({ app, environment }: ReturnType<typeof filled>): number {
  app.synth();
  return environment.node.findAll().filter((node) => CfnResource.isCfnResource(node)).length;
}

const own = countOf(filled(0));

test('a stack of as many resources as CloudFormation takes is one', () => {
  expect(() => filled(500 - own).app.synth()).not.toThrow();
});

test('a stack of one more is refused, before the CDK does, with what to split', () => {
  expect(() => filled(501 - own).app.synth()).toThrow(`[Stack/Churn] resources of the stack Stack must be at most 500, got 501. 0 users have 0 of 501 resources. ${SPLIT}`);
});

test('users are told of by their number', () => {
  const { app, environment } = filled(0);
  for (let index = 0; index < 150; index++) environment.addUser(`user-${index}`, { persona: Persona.DATA_SCIENTIST });
  expect(() => app.synth()).toThrow(/resources of the stack Stack must be at most 500, got \d{3}\. 150 users have 450 of \d{3} resources\. Make an environment/);
});

test('a template that is too large is refused, with what has how much of it', () => {
  const { app, environment } = filled(250, 4200);
  environment.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
  expect(() => app.synth()).toThrow(new RegExp(
    `\\[Stack/Churn\\] size of the template of Stack in bytes must be at most 1048576, got \\d{7}\\. Published project templates, seed code and programs have \\d{3,6} of them; 0 users have 0 of \\d{3} resources\\. ${SPLIT}`));
});

test('a template that is too large by its white space alone is told how to go without, and then is not', () => {
  expect(() => filled(200, 3950).app.synth()).toThrow(/ Set suppressTemplateIndentation on the stack: without white space it has \d{6,7}\. Or split it: Make an environment/);
  expect(() => filled(200, 3950, true).app.synth()).not.toThrow();
});

test('a role has at most seven of the ten managed policies that IAM attaches to it: three are left for updates and grants', () => {
  const { app } = filled(0);
  const { Resources } = app.synth().getStackByName('Stack').template as { Resources: Record<string, CfnResourceTemplate> };
  const roles = Object.values(Resources).filter(({ Type }) => Type === 'AWS::IAM::ManagedPolicy').flatMap(({ Properties }) => Properties.Roles.map(({ Ref }) => Ref));
  expect(Math.max(...roles.map((role) => roles.filter((one) => one === role).length))).toBe(7);
});
