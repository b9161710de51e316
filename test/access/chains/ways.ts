import { PERSONAS, WORKLOADS } from '../cast';
import { Given } from '../scenario';

/** A request of a way; the place is where the way is tried from. */
export interface Hop {
  readonly does: string;
  readonly on: string;
  readonly given?: Given;
  /** Whether it is asked for as whom one works afterwards: AWS makes what runs as the role with the role. */
  readonly asReached?: true;
}

/** One step by which whoever may do all of its hops works with what somebody else may. */
export interface Way {
  readonly name: string;
  /** As whom one works afterwards. */
  readonly to: string;
  readonly hops: readonly Hop[];
  /** Whose way it is, if not everybody's. */
  readonly only?: string;
}

/** Roles of the stages, by whose thing the role is. */
const TARGET_ROLES: Record<string, string> = {
  targetModelExecution: 'staging:modelExecutionRole',
  targetDeployment: 'staging:deploymentRole',
  endpointTest: 'staging:testRole',
  targetMonitoring: 'staging:monitoringRole',
  targetMonitoringSchedule: 'staging:scheduleRole',
  productionModelExecution: 'production:modelExecutionRole',
  productionDeployment: 'production:deploymentRole',
  productionEndpointTest: 'production:testRole',
  productionMonitoring: 'production:monitoringRole',
  productionMonitoringSchedule: 'production:scheduleRole',
};

/** Roles that are the accounts' own: nobody may become them. */
const OTHERS: Record<string, string> = { administrator: 'adminRole', targetAdministrator: 'targetAdminRole' };

/** Who acts in the data-science account, and the thing that is their role. */
const OURS = Object.fromEntries([...Object.keys(PERSONAS), ...Object.keys(WORKLOADS)]
  .filter((who) => who !== 'promotionBuild' && who !== 'bucketEmptying') // there are none where stages keep no copies and buckets are retained
  .map((who) => [who, who === 'eventsRole' ? who : `${who}Role`]));

/** What SageMaker does as the role to run a container in a VPC. @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html */
const IN_NETWORK: Hop = { does: 'ec2:CreateNetworkInterface', on: 'ownSubnet', asReached: true };
/** What a pipeline is for: its steps start as its role. */
const STEP: Hop = { does: 'sagemaker:CreateProcessingJob', on: 'anyJob', given: { guardrails: 'met' }, asReached: true };

/** Services that run something as a role that is handed to them, what makes them run it, and what the role must be allowed for it. */
const RUNNERS: Record<string, Hop[]> = {
  'sagemaker.amazonaws.com': [
    ...['CreateTrainingJob', 'CreateProcessingJob', 'CreateModel'].map((action): Hop => ({ does: `sagemaker:${action}`, on: 'anyJob', given: { guardrails: 'met' } })),
    { does: 'sagemaker:CreatePipeline', on: 'ownPipeline' },
    { does: 'sagemaker:UpdatePipeline', on: 'ownPipeline' },
  ],
  'codebuild.amazonaws.com': [{ does: 'codebuild:CreateProject', on: 'ownBuildProject' }],
  'codepipeline.amazonaws.com': [{ does: 'codepipeline:CreatePipeline', on: 'projectPipeline' }],
  'events.amazonaws.com': [{ does: 'events:PutTargets', on: 'projectRule' }],
  // With a template of one's own: with the environment's, the role does what the environment wrote.
  'cloudformation.amazonaws.com': [
    { does: 'cloudformation:CreateStack', on: 's3ProjectStack', given: { context: { 'cloudformation:TemplateUrl': '$strangersAddress', 'cloudformation:RoleArn': '$projectLaunchRole' } } },
    { does: 'cloudformation:CreateStackSet', on: 'endpointStackSet' },
  ],
  'lambda.amazonaws.com': [{ does: 'lambda:CreateFunction', on: 'anyFunction' }],
  'ec2.amazonaws.com': [{ does: 'ec2:RunInstances', on: 'anyInstance' }],
};

/** Whose content runs as whom: whoever writes the one works as the other. */
const CONTENT: Record<string, Hop[]> = {
  codeBuild: [
    { does: 'codecommit:GitPush', on: 'projectRepository' },
    { does: 's3:PutObject', on: 'sourceArtifact', given: { sse: 'artifactKey' } },
    { does: 'codebuild:StartBuild', on: 'ownBuildProject' },
    { does: 'codebuild:UpdateProject', on: 'ownBuildProject' },
  ],
  release: [
    { does: 's3:PutObject', on: 'releaseProgram' },
    { does: 'codebuild:StartBuild', on: 'releaseBuildProject' },
    { does: 'codebuild:UpdateProject', on: 'releaseBuildProject' },
  ],
  imageBuild: [
    { does: 'codecommit:GitPush', on: 'projectRepository' },
    { does: 's3:PutObject', on: 'sourceArtifact', given: { sse: 'artifactKey' } },
    { does: 'codebuild:StartBuild', on: 'imageBuildProject' },
    { does: 'codebuild:UpdateProject', on: 'imageBuildProject' },
  ],
  imageRelease: [
    { does: 's3:PutObject', on: 'releaseProgram' },
    { does: 'codebuild:StartBuild', on: 'imageReleaseProject' },
    { does: 'codebuild:UpdateProject', on: 'imageReleaseProject' },
  ],
  accountsBuild: [
    { does: 's3:PutObject', on: 'releaseArtifact', given: { sse: 'artifactKey' } },
    { does: 'codebuild:StartBuild', on: 'accountsBuildProject' },
    { does: 'codebuild:UpdateProject', on: 'accountsBuildProject' },
  ],
  projectLaunch: [{ does: 's3:PutObject', on: 'productTemplate' }, { does: 's3:PutObject', on: 'templateObject' }],
  codePipeline: [{ does: 'codepipeline:UpdatePipeline', on: 'projectPipeline' }, { does: 'codepipeline:UpdatePipeline', on: 'deployPipeline' }],
  stackSetAdministrator: [
    { does: 'cloudformation:UpdateStackSet', on: 'endpointStackSet' },
    { does: 's3:PutObject', on: 'releaseArtifact', given: { sse: 'artifactKey' } },
  ],
  pipelineExecution: [{ does: 'sagemaker:UpdatePipeline', on: 'ownPipeline' }, { does: 's3:PutObject', on: 'codeObject', given: { sse: 'artifactKey' } }],
  jobExecution: [{ does: 's3:PutObject', on: 'codeObject', given: { sse: 'artifactKey' } }],
};

/**
 * Every way that leads from one to another.
 *
 * @param exchangeable roles of builds that run what a launcher can exchange
 */
export function waysOf(exchangeable: string[]): Way[] {
  const roles = { ...OURS, ...TARGET_ROLES, ...OTHERS };
  return [
    ...Object.entries(roles).flatMap(([to, role]): Way[] => [
      { name: 'assumes', to, hops: [{ does: 'sts:AssumeRole', on: role }] },
      ...Object.entries(RUNNERS).flatMap(([passedTo, runners]) => runners.map((run): Way => (
        { name: `passes to ${run.does}`, to, hops: [{ does: 'iam:PassRole', on: role, given: { passedTo } }, run, ...needsOf(run)] }
      ))),
    ]),
    ...Object.entries(CONTENT).flatMap(([to, hops]) => hops.map((hop): Way => ({ name: `${hop.does} ${hop.on}`, to, hops: [hop] }))),
    // Who launches may let a job write something else where jobs write, and point the project to it.
    ...exchangeable.map((to): Way => ({ name: 'exchanges what a build fetches', to, hops: [{ does: 'servicecatalog:UpdateProvisionedProduct', on: 'anything' }] })),
    { name: 'opens Studio', to: 'studioExecution', hops: [{ does: 'sagemaker:CreatePresignedDomainUrl', on: 'ownUserProfile' }] },
    { name: 'opens an application of a shared space', to: 'sharedSpace', hops: [{ does: 'sagemaker:CreateApp', on: 'sharedSpaceApp' }] },
    // The profile of an ML engineer runs with another role.
    { name: 'opens Studio', to: 'dataPreparation', hops: [{ does: 'sagemaker:CreatePresignedDomainUrl', on: 'ownUserProfile' }], only: 'mlEngineer' },
    { name: 'opens somebody else\'s Studio', to: 'colleague', hops: [{ does: 'sagemaker:CreatePresignedDomainUrl', on: 'otherUserProfile' }] },
  ];
}

function needsOf({ does }: Hop): Hop[] {
  if (/^sagemaker:.*Pipeline$/.test(does)) return [STEP];
  return does.startsWith('sagemaker:') ? [IN_NETWORK] : [];
}
