import { Stack } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { everyBlueprint } from './blueprints';
import { DataScienceEnvironment, DeploymentStage, ModelApproval } from '../../src';
import { LAUNCH, LAUNCH_LISTS } from '../../src/roles/project-launch';
import { testApp } from '../test-app';

/**
 * What the launch role needs, and what for. The local AWS of the rehearsal says the same of each type, held against the
 * registry schemas (`integ/rehearsal/local_aws/project_permissions.py`), and the rehearsal `projects` launches, updates and
 * deletes projects with it.
 */
const NEEDED: Record<string, Record<string, string>> = {
  'AWS::CodeCommit::Repository': {
    'codecommit:CreateRepository': 'make',
    'codecommit:CreateCommit': 'make: the seed code',
    'codecommit:DeleteRepository': 'remove, where a launch is rolled back',
    'codecommit:GetRepository': 'read',
    'codecommit:GetRepositoryTriggers': 'read',
    'codecommit:ListRepositories': 'read: by its id',
    'codecommit:ListTagsForResource': 'read',
    'codecommit:TagResource': 'make, change',
    'codecommit:UntagResource': 'change',
    'codecommit:UpdateRepositoryDescription': 'change',
    'codecommit:UpdateRepositoryEncryptionKey': 'change: to another key',
  },
  'AWS::CodeBuild::Project': {
    'codebuild:CreateProject': 'make',
    'codebuild:UpdateProject': 'change',
    'codebuild:DeleteProject': 'remove',
  },
  'AWS::CodePipeline::Pipeline': {
    'codepipeline:CreatePipeline': 'make',
    'codepipeline:UpdatePipeline': 'change',
    'codepipeline:DeletePipeline': 'remove',
    'codepipeline:GetPipeline': 'read',
    'codepipeline:GetPipelineState': 'read',
    'codepipeline:ListTagsForResource': 'read',
    'codepipeline:TagResource': 'make, change',
    'codepipeline:UntagResource': 'change',
  },
  'AWS::Events::Rule': {
    'events:PutRule': 'make, change',
    'events:PutTargets': 'make, change',
    'events:RemoveTargets': 'change, remove',
    'events:DeleteRule': 'remove',
    'events:DescribeRule': 'read',
    'events:ListTargetsByRule': 'read',
    'events:ListTagsForResource': 'read',
    'events:TagResource': 'make, change',
    'events:UntagResource': 'change',
  },
  'AWS::SageMaker::ModelPackageGroup': {
    'sagemaker:CreateModelPackageGroup': 'make',
    'sagemaker:DeleteModelPackageGroup': 'remove, where a launch is rolled back',
    'sagemaker:DescribeModelPackageGroup': 'read',
    'sagemaker:GetModelPackageGroupPolicy': 'read: fails without it',
    'sagemaker:DeleteModelPackageGroupPolicy': 'change: the policy that the template does not have',
    'sagemaker:ListTags': 'read',
    'sagemaker:AddTags': 'make, change',
    'sagemaker:DeleteTags': 'change',
  },
  'AWS::Logs::LogGroup': {
    'logs:CreateLogGroup': 'make',
    'logs:DeleteLogGroup': 'remove',
    'logs:PutRetentionPolicy': 'make, change',
    'logs:AssociateKmsKey': 'change: to another key',
    'logs:DescribeLogGroups': 'read',
    'logs:ListTagsForResource': 'read',
    'logs:TagResource': 'make, change',
    'logs:UntagResource': 'change',
  },
  'the stack itself': {
    'cloudformation:CreateStack': 'Service Catalog launches',
    'cloudformation:UpdateStack': 'Service Catalog updates',
    'cloudformation:DeleteStack': 'Service Catalog terminates',
    'cloudformation:DescribeStacks': 'Service Catalog waits',
    'cloudformation:DescribeStackEvents': 'Service Catalog says why a launch failed',
    'cloudformation:GetTemplateSummary': 'Service Catalog asks for parameters',
    'cloudformation:ValidateTemplate': 'Service Catalog checks',
    'cloudformation:TagResource': 'SageMaker gives tags',
    'cloudformation:UntagResource': 'and Service Catalog takes them away',
  },
};

/** The CloudFormation types in the templates of an environment that offers all there are. */
function typesInTemplates(): Set<string> {
  const stack = new Stack(testApp({ analyticsReporting: false }), 'Stack', { env: { account: '111111111111', region: 'eu-west-1' } });
  const environment = new DataScienceEnvironment(stack, 'Churn', {
    environmentName: 'churn', deploymentStages: [DeploymentStage.sameAccount('production', { approval: ModelApproval.manual(), monitoring: {} })],
  });
  const schedule = Schedule.expression('rate(7 days)');
  return new Set(Object.entries(everyBlueprint({ schedule, retraining: true })).flatMap(([name, blueprint]) => {
    const { template } = environment.addProjectTemplate(name, { blueprint });
    const { Resources } = JSON.parse(stack.resolve(template.templateText()) as string) as { Resources: Record<string, { Type: string }> };
    return Object.values(Resources).map(({ Type }) => Type);
  }));
}

const granted = new Set([LAUNCH, LAUNCH_LISTS].flatMap((table) => Object.values(table).flat()));
const needed = Object.values(NEEDED).flatMap((actions) => Object.keys(actions));

test('the templates hold the types whose needs are written down, and no others', () => {
  expect([...typesInTemplates(), 'the stack itself'].sort()).toEqual(Object.keys(NEEDED).sort());
});

test('no action that a template needs is missing', () => {
  expect(needed.filter((action) => !granted.has(action))).toEqual([]);
});

test('no action is granted that no template needs', () => {
  expect([...granted].filter((action) => !needed.includes(action))).toEqual([]);
});
