import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { DataScienceEnvironment, ProjectBlueprint } from '../../../src';
import { testApp } from '../../test-app';

const ROLE = 'churn--batch-inference-eu-west-1';

function environmentWith(...blueprints: ProjectBlueprint[]): Template {
  const stack = new Stack(testApp(), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', { environmentName: 'churn' });
  blueprints.forEach((blueprint, index) => environment.addProjectTemplate(`Template${index}`, { blueprint }));
  return Template.fromStack(stack);
}

function statementsOf(template: Template, id: string): Record<string, unknown>[] {
  return Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([name]) => name.includes(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as Record<string, unknown>[]);
}

test('an environment that infers in no batches has no role that reads releases and data', () => {
  environmentWith(ProjectBlueprint.buildTrain()).resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: ROLE }, 0);
});

describe('an environment that infers in batches', () => {
  const template = environmentWith(ProjectBlueprint.batchInference(), ProjectBlueprint.batchInference());

  test('has the role once, and says in the registry which it is', () => {
    template.resourcePropertiesCountIs('AWS::IAM::Role', { RoleName: ROLE }, 1);
    template.hasResourceProperties('AWS::SSM::Parameter', { Name: '/secure-mlops/churn/identity/batch-inference-role-arn' });
  });

  test('lets it read data and releases, write under the output prefixes, and start nothing', () => {
    const actions = statementsOf(template, 'ExecutionRolesBatchInferencePolicy').flatMap(({ Action }) => Action as string[] | string);
    expect(actions).toEqual(expect.arrayContaining(['s3:GetObject', 's3:PutObject']));
    expect(actions.filter((action) => /^(sagemaker|iam|sts|codecommit|ssm):/.test(action))).toEqual([]);
  });

  test('hands it to SageMaker from pipelines only', () => {
    const passing = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))
      .filter(([, policy]) => JSON.stringify(policy).includes('iam:PassRole') && JSON.stringify(policy).includes('BatchInferenceRole'));
    expect(passing.map(([name]) => name)).toEqual([expect.stringContaining('ExecutionRolesPipelinePolicy')]);
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Effect: 'Allow', Action: 'iam:PassRole', Resource: Match.arrayWith([{ 'Fn::GetAtt': [Match.stringLikeRegexp('BatchInferenceRole'), 'Arn'] }]), Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
        }]),
      },
    });
  });
});
