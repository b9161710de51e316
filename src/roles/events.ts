import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RoleCard } from './card';
import { RULES_OF_PROJECTS } from './service-trust';
import { EnvironmentRole } from '../names';

/** What starts delivery pipelines of projects when something happens. */
export const EVENTS: RoleCard = {
  role: EnvironmentRole.EVENTS,
  id: 'Events',
  description: 'Starts delivery pipelines of projects',
  assumedBy: [RULES_OF_PROJECTS],
  may: ({ arns }) => [new PolicyStatement({ actions: ['codepipeline:StartPipelineExecution'], resources: arns.ofProjects('codepipeline') })],
  buckets: [],
  never: ['s3:*', 'kms:*', 'sagemaker:*', 'iam:*', 'sts:*', 'events:*', 'codepipeline:PutApprovalResult'],
};
