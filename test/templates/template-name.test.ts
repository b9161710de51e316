import { App, Stack, Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { SelfContainedTemplate } from '../../src/templates';

describe.each([['with', true], ['without', false]])('%s prefixes in unique names', (_, prefixes) => {
  const deep = (names: string[]) => {
    const app = new App({ context: { '@aws-cdk/core:includePrefixInUniqueNameGeneration': prefixes } });
    const stack = new Stack(new Stage(app, 'Production-EuropeanUnion'), 'MachineLearningPlatformStack');
    const scope = names.reduce((around: Construct, name) => new Construct(around, name), stack);
    const template = new SelfContainedTemplate(scope, 'Template');
    new Topic(template, 'Topic');
    stack.exportValue(template.templateBody, { name: 'template' });
    return Template.fromStack(stack);
  };

  test('a template deep in an app needs no name of a stack, for it is never deployed here', () => {
    const names = ['DataScienceEnvironment', 'Project-Train an XGBoost model on tabular data of customers', 'x'.repeat(100)];
    expect(() => deep(names)).not.toThrow();
  });

  test.each([40, 60, 80, 100])('nor at the edge of what such a name may be: %d letters', (length) => {
    expect(() => deep(['x'.repeat(length / 2), 'y'.repeat(length / 2)])).not.toThrow();
  });
});
