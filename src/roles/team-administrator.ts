import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { from, READ_REPORTS } from './bucket-use';
import { PersonaContext, RoleCard } from './card';
import { UNDELIVERED_EVENTS } from './key-use';
import { EnvironmentRole } from '../names';
import { STOP_JOBS } from './statements/perms';
import { approveStages, seeStudio, watch } from './statements/person';
import { NEVER_BUT_READING } from './statements/studio-user';
import { findProducts, JOBS, manageMembers, ofDomain, tagAtCreation } from './statements/studio-work';
import { openTracking, seeTracking, stopTracking } from './statements/tracking';

/** A team administrator: runs the team's Studio, and approves models for the stages before the last. */
export const TEAM_ADMINISTRATOR: RoleCard<PersonaContext> = {
  role: EnvironmentRole.TEAM_ADMINISTRATOR,
  id: 'TeamAdministrator',
  description: 'Runs the Studio of a team and approves models',
  person: 'a team administrator',
  assumedBy: 'people',
  may: (context) => {
    const { arns, deploymentStages } = context;
    return [
      ...seeStudio(context),
      ...manageStudio(context),
      ...watch(context),
      ...endWork(context),
      ...findProducts('roleLevel'),
      // A version's approval or rejection, in the environment's groups, and nothing else in that call: it could change image, artifact or stage as well.
      new PolicyStatement({
        actions: ['sagemaker:UpdateModelPackage'],
        resources: arns.ours('model-package'),
        conditions: {
          StringEquals: { 'sagemaker:ModelApprovalStatus': ['Approved', 'Rejected'] },
          Null: { 'sagemaker:ModelLifeCycle:Stage': 'true', 'sagemaker:ModelLifeCycle:StageStatus': 'true' },
        },
      }),
      ...approveStages(context, deploymentStages.slice(0, -1)),
      // The way back to the version before.
      new PolicyStatement({ actions: ['codepipeline:RollbackStage'], resources: arns.ofProjects('codepipeline', '/*') }),
    ];
  },
  mayTrack: ({ arns, sourceCidrs }) => [...seeTracking(arns), ...openTracking(arns, sourceCidrs), stopTracking(arns)],
  mayLaunch: 'projects',
  mayManageMembers: manageMembers,
  buckets: [from('browsed', READ_REPORTS)], // who approves a version reads how good it is
  keys: [UNDELIVERED_EVENTS],
  passes: { sagemaker: [EnvironmentRole.STUDIO_EXECUTION, EnvironmentRole.DATA_PREPARATION] },
  isIsolated: true,
  never: [...NEVER_BUT_READING, 'sagemaker:CreatePresignedDomainUrl', 'sagemaker:Create*Job', 'sagemaker:CreateModelPackage', 'sagemaker:CreateDomain', 'sagemaker:UpdateDomain', 'cloudformation:*'],
};

/**
 * The team's profiles, spaces and applications; never into them. Profiles get the groups that everybody has: the own
 * groups of users who were added in code are CloudFormation's to give, and a list of them would outgrow the policy.
 */
function manageStudio({ arns, domainId, securityGroups }: PersonaContext): PolicyStatement[] {
  const groups = securityGroups.map((group) => group.securityGroupId);
  const profiles = arns.here('sagemaker', `user-profile/${domainId}/*`);
  const spaces = arns.here('sagemaker', `space/${domainId}/*`, `app/${domainId}/*`);
  return [
    new PolicyStatement({
      actions: ['sagemaker:CreateUserProfile', 'sagemaker:UpdateUserProfile'],
      resources: profiles,
      conditions: { 'ForAllValues:StringEquals': { 'sagemaker:VpcSecurityGroupIds': groups }, 'Null': { 'sagemaker:VpcSecurityGroupIds': 'false' } },
    }),
    new PolicyStatement({ actions: ['sagemaker:DeleteUserProfile'], resources: profiles }),
    new PolicyStatement({ actions: ['sagemaker:DeleteApp', 'sagemaker:DeleteSpace', 'sagemaker:UpdateSpace'], resources: spaces }),
    tagAtCreation([...profiles, ...spaces]),
  ];
}

/** Ending what costs money and nobody needs: jobs by their name or by the mark of their domain, pipelines by their name. */
function endWork({ arns, domainId }: PersonaContext): PolicyStatement[] {
  const [domainArn] = arns.here('sagemaker', `domain/${domainId}`);
  return [
    new PolicyStatement({ actions: [...STOP_JOBS, 'sagemaker:StopPipelineExecution'], resources: arns.ours(...JOBS, 'pipeline') }),
    new PolicyStatement({ actions: STOP_JOBS, resources: arns.anything, conditions: ofDomain(domainArn) }),
  ];
}
