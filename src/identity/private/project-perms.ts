/** IAM actions of projects, by what they are for. */

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

/** Fetching the content of a repository. */
export const FETCH_REPOSITORY = named('codecommit', ['GetBranch', 'GetCommit', 'GetRepository', 'UploadArchive', 'GetUploadArchiveStatus', 'CancelUploadArchive']);

/** Running a build. */
export const RUN_BUILDS = named('codebuild', ['StartBuild', 'BatchGetBuilds', 'StopBuild']);

/** Deploying with a stack set that exists by its name. Removing it is a person's. */
export const OPERATE_STACK_SETS = named('cloudformation', [
  'CreateStackSet', 'UpdateStackSet', 'DescribeStackSet', 'CreateStackInstances', 'UpdateStackInstances', 'ListStackInstances', 'DescribeStackInstance',
  'DescribeStackSetOperation', 'ListStackSetOperations', 'ListStackSetOperationResults',
]);

/** Writing and starting SageMaker pipelines. */
export const UPSERT_PIPELINES = named('sagemaker', ['CreatePipeline', 'UpdatePipeline', 'DescribePipeline', 'StartPipelineExecution', 'DescribePipelineExecution', 'ListPipelineExecutionSteps']);

/** Reading model versions. */
export const READ_VERSIONS = named('sagemaker', ['DescribeModelPackage', 'ListModelPackages', 'DescribeModelPackageGroup']);
