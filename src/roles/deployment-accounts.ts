import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { from, HAND_ON_ACCOUNTS, READ_TEMPLATES } from './bucket-use';
import { ProjectContext, RoleCard } from './card';
import { builds } from './service-trust';
import { EnvironmentNames, EnvironmentRole, TargetRole } from '../names';
import { DeploymentStage } from '../stages';
import { becomeInTargets, writeBuildLogs } from './statements/builds';
import { listOrganization } from './statements/organization-actions';

/**
 * What lists the accounts that a model is deployed to: a program of the library's, never code of a repository. It works outside
 * of the VPC, because AWS Organizations is reached in one region only.
 */
export const DEPLOYMENT_ACCOUNTS: RoleCard<ProjectContext> = {
  role: EnvironmentRole.DEPLOYMENT_ACCOUNTS,
  id: 'Accounts',
  description: 'Lists the accounts that models are deployed to',
  assumedBy: [builds('*-accounts')],
  may: (context) => {
    const { arns, names, deploymentStages } = context;
    return [
      writeBuildLogs(context),
      ...listAccounts(names, deploymentStages),
      // A target whose role for tests lets us in is a target that has registered.
      ...becomeInTargets(names, TargetRole.ENDPOINT_TEST, deploymentStages),
      // Which accounts an endpoint's stack set is in already.
      new PolicyStatement({ actions: ['cloudformation:ListStackInstances'], resources: arns.ofProjects('cloudformation', '', 'stackset/') }),
    ];
  },
  buckets: [from('service', HAND_ON_ACCOUNTS), READ_TEMPLATES],
  never: ['sagemaker:*', 'iam:*', 'codebuild:*', 'codepipeline:*', 'cloudformation:Create*', 'cloudformation:Update*', 'cloudformation:Delete*'],
};

/** The accounts of organizational units: as a role of the platform, or where that is not named as itself. */
function listAccounts(names: EnvironmentNames, stages: DeploymentStage[]): PolicyStatement[] {
  const listers = stages.flatMap(({ stageName, platformAccount }) => (platformAccount ? [names.listingRoleArn(stageName, platformAccount)] : []));
  const own = new Set(stages.flatMap(({ organizationId, platformAccount }) => (platformAccount === undefined ? organizationId ?? [] : [])));
  return [
    ...listers.length > 0 ? [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: listers })] : [],
    ...[...own].flatMap((organizationId) => listOrganization(names, organizationId)),
  ];
}
