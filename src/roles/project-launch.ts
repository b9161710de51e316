import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { READ_TEMPLATES } from './bucket-use';
import { ProjectContext, RoleCard } from './card';
import { REPOSITORIES } from './key-use';
import { SERVICE_CATALOG, STACKS_OF_PROJECTS } from './service-trust';
import { EnvironmentRole } from '../names';

const named = (service: string, names: string[]) => names.map((name) => `${service}:${name}`);

/**
 * Making, changing and removing what a project template holds, by the CloudFormation type that needs it: each action is needed
 * by a template, and a test says what for.
 */
export const LAUNCH = {
  repositories: named('codecommit', [
    'CreateRepository', 'CreateCommit', 'GetRepository', 'GetRepositoryTriggers', 'UpdateRepositoryDescription', 'UpdateRepositoryEncryptionKey', 'DeleteRepository', 'ListTagsForResource', 'TagResource', 'UntagResource',
  ]),
  builds: named('codebuild', ['CreateProject', 'UpdateProject', 'DeleteProject']),
  pipelines: named('codepipeline', ['CreatePipeline', 'UpdatePipeline', 'DeletePipeline', 'GetPipeline', 'GetPipelineState', 'ListTagsForResource', 'TagResource', 'UntagResource']),
  rules: named('events', ['PutRule', 'DescribeRule', 'DeleteRule', 'RemoveTargets', 'ListTargetsByRule', 'ListTagsForResource', 'TagResource', 'UntagResource']),
  targets: named('events', ['PutTargets']),
  modelPackageGroups: named('sagemaker', [
    'CreateModelPackageGroup', 'DescribeModelPackageGroup', 'DeleteModelPackageGroup', 'AddTags', 'DeleteTags', 'ListTags',
    // A group's policy is read with the group; and an update deletes the one that the template does not have.
    'GetModelPackageGroupPolicy', 'DeleteModelPackageGroupPolicy',
  ]),
  logGroups: named('logs', ['CreateLogGroup', 'DeleteLogGroup', 'PutRetentionPolicy', 'AssociateKmsKey', 'ListTagsForResource', 'TagResource', 'UntagResource']),
  stacks: named('cloudformation', ['CreateStack', 'UpdateStack', 'DeleteStack', 'DescribeStacks', 'DescribeStackEvents', 'TagResource', 'UntagResource']),
};

/** The same for what takes no resource. */
export const LAUNCH_LISTS = {
  repositories: named('codecommit', ['ListRepositories']),
  logGroups: named('logs', ['DescribeLogGroups']),
  templates: named('cloudformation', ['GetTemplateSummary', 'ValidateTemplate']),
};

/** What makes and removes the resources of a project: what the templates hold, by the names that they give, and nothing else. */
export const PROJECT_LAUNCH: RoleCard<ProjectContext> = {
  role: EnvironmentRole.PROJECT_LAUNCH,
  id: 'Launch',
  description: 'Launches projects',
  assumedBy: [SERVICE_CATALOG, STACKS_OF_PROJECTS],
  may: ({ arns, names }) => [
    new PolicyStatement({ actions: LAUNCH.repositories, resources: arns.ofProjects('codecommit') }),
    new PolicyStatement({ actions: LAUNCH_LISTS.repositories, resources: ['*'] }), // CloudFormation finds a repository by its id, which takes the list of all
    new PolicyStatement({ actions: LAUNCH.builds, resources: arns.ofProjects('codebuild', '', 'project/') }),
    new PolicyStatement({ actions: LAUNCH.pipelines, resources: arns.ofProjects('codepipeline') }),
    new PolicyStatement({ actions: LAUNCH.rules, resources: arns.ofProjects('events', '', 'rule/') }),
    // Rules start pipelines of projects, and send nothing to anybody's bus or queue.
    new PolicyStatement({
      actions: LAUNCH.targets,
      resources: arns.ofProjects('events', '', 'rule/'),
      conditions: { 'ForAllValues:ArnLike': { 'events:TargetArn': arns.ofProjects('codepipeline') }, 'Null': { 'events:TargetArn': 'false' } },
    }),
    new PolicyStatement({ actions: LAUNCH.modelPackageGroups, resources: arns.here('sagemaker', `model-package-group/${names.projectPrefix}*`) }),
    new PolicyStatement({ actions: LAUNCH.logGroups, resources: arns.buildLogs }),
    new PolicyStatement({ actions: LAUNCH_LISTS.logGroups, resources: ['*'] }), // names are listed for the account: it takes no narrower resource
    new PolicyStatement({ actions: ['ssm:GetParameters'], resources: arns.parameters }),
    // The stacks that Service Catalog makes as this role. Those from templates in S3 are made by whoever launches them.
    new PolicyStatement({ actions: LAUNCH.stacks, resources: arns.here('cloudformation', 'stack/SC-*') }),
    new PolicyStatement({ actions: LAUNCH_LISTS.templates, resources: ['*'] }), // of a template that is no stack yet
    // Service Catalog keeps templates in buckets of its own, whose names it does not tell, and marks what may be launched.
    new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], conditions: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } } }),
  ],
  buckets: [READ_TEMPLATES],
  keys: [REPOSITORIES],
  passes: {
    codebuild: [
      EnvironmentRole.CODE_BUILD, EnvironmentRole.DEPLOYMENT_ACCOUNTS, EnvironmentRole.RELEASE, EnvironmentRole.PROMOTION,
      EnvironmentRole.IMAGE_BUILD, EnvironmentRole.IMAGE_RELEASE,
    ],
    codepipeline: [EnvironmentRole.CODE_PIPELINE],
    events: [EnvironmentRole.EVENTS],
  },
  never: ['iam:Create*', 'iam:Put*', 'iam:Attach*', 'sts:*', 's3:PutObject', 'codebuild:StartBuild', 'codepipeline:StartPipelineExecution', 'codepipeline:PutApprovalResult', 'codecommit:Git*'],
};
