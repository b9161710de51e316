import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { from, HAND_ON_ARTIFACTS } from './bucket-use';
import { ProjectContext, RoleCard } from './card';
import { REPOSITORIES } from './key-use';
import { DELIVERY_PIPELINES } from './service-trust';
import { EnvironmentRole } from '../names';

/** What delivery pipelines of projects run as. */
export const CODE_PIPELINE: RoleCard<ProjectContext> = {
  role: EnvironmentRole.CODE_PIPELINE,
  id: 'CodePipeline',
  description: 'What delivery pipelines of projects run as',
  assumedBy: [DELIVERY_PIPELINES],
  may: ({ arns, deploymentStages }) => {
    const topicArns = [...new Set(deploymentStages.flatMap(({ approval }) => approval.notificationTopic?.topicArn ?? []))];
    return [
      new PolicyStatement({ actions: FETCH_REPOSITORY, resources: arns.ofProjects('codecommit') }),
      new PolicyStatement({ actions: RUN_BUILDS, resources: arns.ofProjects('codebuild', '', 'project/') }),
      // Approvers hear that they are waited for.
      ...topicArns.length === 0 ? [] : [new PolicyStatement({ actions: ['sns:Publish'], resources: topicArns })],
      ...deploymentStages.length === 0 ? [] : [
        // CloudFormation knows no resource of a stack set that is yet to be, nor its account: the role that is passed is the limit.
        new PolicyStatement({ actions: ['cloudformation:CreateStackSet'], resources: ['*'] }),
        new PolicyStatement({ actions: OPERATE_STACK_SETS, resources: [...arns.ofProjects('cloudformation', '', 'stackset/'), ...arns.stackSetTargets, ...arns.resourceTypes] }),
      ],
    ];
  },
  buckets: [from('service', HAND_ON_ARTIFACTS)],
  keys: [REPOSITORIES],
  // What stack sets can do in a target is the administration role's to say.
  passes: { cloudformation: [EnvironmentRole.STACK_SET_ADMINISTRATOR] },
  never: ['codepipeline:*', 'sts:AssumeRole', 'cloudformation:Delete*', 'cloudformation:CreateStack', 'codebuild:Create*', 'codebuild:Update*', 'codecommit:Git*'],
};

/** Fetching the content of a repository. */
const FETCH_REPOSITORY = ['GetBranch', 'GetCommit', 'GetRepository', 'UploadArchive', 'GetUploadArchiveStatus', 'CancelUploadArchive'].map((name) => `codecommit:${name}`);

/** Running a build. */
const RUN_BUILDS = ['StartBuild', 'BatchGetBuilds', 'StopBuild'].map((name) => `codebuild:${name}`);

/** Deploying with a stack set that exists by its name. Removing it is a person's. */
const OPERATE_STACK_SETS = [
  'UpdateStackSet', 'DescribeStackSet', 'CreateStackInstances', 'UpdateStackInstances', 'ListStackInstances', 'DescribeStackInstance',
  'DescribeStackSetOperation', 'ListStackSetOperations', 'ListStackSetOperationResults',
].map((name) => `cloudformation:${name}`);
