import { App, Stack } from 'aws-cdk-lib';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { ACCOUNT, templateOf, written } from './fixture';
import { DeploymentStage, EnvironmentParameter, EnvironmentNames, ProjectBlueprint, ProjectTemplate, ProjectTemplateProps } from '../../src';
import { NAME_PLACEHOLDER } from '../../src/mlops/private/publisher';
import { Json } from '../templates/carried';
import { testApp } from '../test-app';

function template(environmentName = 'churn', props: Partial<ProjectTemplateProps> = {}): ProjectTemplate {
  const names = new EnvironmentNames({ environmentName, account: ACCOUNT, region: 'eu-west-1' });
  return new ProjectTemplate(new Stack(testApp(), 'Stack'), 'Template', { names, ...props });
}
const textOf = (made: ProjectTemplate) => JSON.parse(made.resolve(made.templateText()) as string) as Json;
const accepts = ({ AllowedPattern, MinLength, MaxLength }: Json, value: string) =>
  new RegExp(`^(${AllowedPattern})$`).test(value) && value.length >= MinLength && value.length <= MaxLength;

const environmentNames = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5}){0,2}$/).filter((name) => name.length <= 20);

describe('what Studio gives', () => {
  const { Parameters, Metadata } = textOf(template());

  test('is the project\'s name and id, by SageMaker\'s names', () => {
    expect(Object.keys(Parameters as Json).slice(0, 2)).toEqual(['SageMakerProjectName', 'SageMakerProjectId']);
  });

  test.each(['Forecast', 'a', 'A-1', 'a--b', 'x'.repeat(32)])('takes the name %s, as SageMaker does', (name) => {
    expect(accepts(Parameters.SageMakerProjectName as Json, name)).toBe(true);
  });

  test.each(['', '-a', 'a-', 'a_b', 'a b', 'x'.repeat(33)])('refuses the name \'%s\'', (name) => {
    expect(accepts(Parameters.SageMakerProjectName as Json, name)).toBe(false);
  });

  test.each(['Forecast', 'a--b'])('refuses the name %s where something is named after it that is lower-case', (name) => {
    const { Parameters: { SageMakerProjectName } } = textOf(template('churn', { lowerCaseNames: true }));
    expect(accepts(SageMakerProjectName as Json, name)).toBe(false);
    expect(accepts(SageMakerProjectName as Json, 'forecast-2')).toBe(true);
  });

  test.each(['p-abcdefghijkl', 'a', 'A--1', 'x'.repeat(20)])('takes the id %s, as SageMaker does', (id) => {
    expect(accepts(Parameters.SageMakerProjectId as Json, id)).toBe(true);
  });

  test.each(['', '-p', 'p-', 'p_1', 'p/1', 'x'.repeat(21)])('refuses the id \'%s\'', (id) => {
    expect(accepts(Parameters.SageMakerProjectId as Json, id)).toBe(false);
  });

  test('says in the form what a name must be', () => {
    expect(Parameters.SageMakerProjectName.ConstraintDescription).toBe('1-32 letters, digits and hyphens in between');
    expect(textOf(template('a2345678901234567890')).Parameters.SageMakerProjectName.ConstraintDescription).toBe('1-20 letters, digits and hyphens in between');
  });

  test('stands first in the form, with labels', () => {
    const { ParameterGroups, ParameterLabels } = Metadata['AWS::CloudFormation::Interface'];
    expect(ParameterGroups[0]).toEqual({ Label: { default: 'Project' }, Parameters: ['SageMakerProjectName', 'SageMakerProjectId'] });
    expect(ParameterLabels.SageMakerProjectName).toEqual({ default: 'Project name' });
  });
});

describe('what the environment gives', () => {
  test('is read from its registry, whose names are literals', () => {
    const made = template();
    made.fromEnvironment(EnvironmentParameter.DATA_BUCKET);
    made.listFromEnvironment(EnvironmentParameter.SUBNET_IDS);
    expect(textOf(made).Parameters).toMatchObject({
      StudioDomainArn: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/secure-mlops/churn/studio/domain-arn' },
      StorageDataBucket: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/secure-mlops/churn/storage/data-bucket' },
      NetworkSubnetIds: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/secure-mlops/churn/network/subnet-ids' },
    });
  });

  test('is a parameter once, however often it is asked for', () => {
    const made = template();
    expect(made.fromEnvironment(EnvironmentParameter.DATA_BUCKET)).toBe(made.fromEnvironment(EnvironmentParameter.DATA_BUCKET));
  });

  test('may be a list as one text', () => {
    const made = template();
    expect(made.resolve(made.joinedFromEnvironment(EnvironmentParameter.SUBNET_IDS))).toEqual({ 'Fn::Join': [',', { Ref: 'NetworkSubnetIds' }] });
  });

  test('needs names that the app knows', () => {
    const stack = new Stack(testApp(), 'Stack');
    const names = EnvironmentNames.forStack(stack, stack.stackName + stack.stackId);
    expect(() => new ProjectTemplate(stack, 'Template', { names }))
      .toThrow('[Stack/Template/StudioDomainArn] parameterName must be a literal, got "a token". CloudFormation takes no intrinsic as the default of a parameter');
  });
});

test('everything wears the project\'s tags', () => {
  const made = template();
  new CfnTopic(made, 'Topic');
  (made.node.root as App).synth(); // tags reach resources when the app is synthesized
  expect(textOf(made).Resources.Topic.Properties.Tags).toEqual([
    { Key: 'environment', Value: 'churn' },
    { Key: 'sagemaker:domain-arn', Value: { Ref: 'StudioDomainArn' } },
    { Key: 'sagemaker:project-id', Value: { Ref: 'SageMakerProjectId' } },
    { Key: 'sagemaker:project-name', Value: { Ref: 'SageMakerProjectName' } },
  ]);
});

describe('names', () => {
  test('begin with the environment, and go on with project and id', () => {
    const made = template();
    expect(written(made.resolve(made.nameOf('build')) as Json, textOf(made))).toBe('churn--forecast-p-1-build');
    expect(written(made.resolve(made.shortNameOf('push')) as Json, textOf(made))).toBe('churn--p-1-push');
  });

  test('of whatever environment are as long as AWS allows, with the longest project name and id', () => {
    const training = ProjectBlueprint.buildTrain(), deployment = ProjectBlueprint.deploy();
    fc.assert(fc.property(environmentNames, fc.constantFrom(training, deployment), (environmentName, blueprint) => {
      const made = templateOf(blueprint, { environmentName, deploymentStages: [DeploymentStage.sameAccount('live')] });
      const longest = Object.fromEntries(Object.entries(made.Parameters as Json).map(([name, { MaxLength }]: [string, Json]) => [name, 'x'.repeat(MaxLength ?? 0)]));
      const lengthOf = (name: Json) => written(name, made, longest).length;
      for (const { Type, Properties } of Object.values(made.Resources as Record<string, Json>)) {
        const limit = LONGEST_NAMES[Type as string];
        expect([Type, lengthOf(Properties[limit.property] as Json) <= limit.length]).toEqual([Type, true]);
      }
      const [name] = [longest.SageMakerProjectName];
      expect(`${environmentName}--production12--${name}`.length).toBeLessThanOrEqual(63); // the endpoint's
    }), { numRuns: 12 });
  });

  test('leave SageMaker\'s own room for project names wherever the environment\'s name does', () => {
    fc.assert(fc.property(environmentNames, (environmentName) => {
      const { MaxLength } = textOf(template(environmentName)).Parameters.SageMakerProjectName as Json;
      expect(MaxLength).toBe(Math.min(32, 40 - environmentName.length));
    }), { numRuns: 40 });
  });

  test('have room for the longest environment\'s where the name is filled in later', () => {
    expect(NAME_PLACEHOLDER).toHaveLength(20);
  });
});

/** How long names may be, for everything that templates make. */
const LONGEST_NAMES: Record<string, { property: string; length: number }> = {
  'AWS::SageMaker::ModelPackageGroup': { property: 'ModelPackageGroupName', length: 63 },
  'AWS::Events::Rule': { property: 'Name', length: 64 },
  'AWS::CodePipeline::Pipeline': { property: 'Name', length: 100 },
  'AWS::CodeCommit::Repository': { property: 'RepositoryName', length: 100 },
  'AWS::CodeBuild::Project': { property: 'Name', length: 150 },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', length: 512 },
};
