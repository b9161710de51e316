import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { from, READ_DATA, READ_MODELS, READ_OFFLINE_STORE, READ_REPORTS, READ_TEMPLATES, USE_MLFLOW, WRITE_OUTPUTS } from '../bucket-use';
import { ExecutionContext, RoleCard } from '../card';
import { FEATURE_GROUPS, REPOSITORIES, STUDIO_STORAGE, VOLUMES } from '../key-use';
import { containerStatements } from './container-statements';
import { keepFeatures } from './features';
import { CHANGE_EXPERIMENTS, READ_LOGS, READ_METRICS, RUN_PIPELINES, STOP_JOBS, USE_REPOSITORIES } from './perms';
import { SAGEMAKER } from '../service-trust';
import { findProducts, JOBS, LINEAGE, ofDomain, registerModels, seeDelivery, seeSageMaker, startJobs, tagAtCreation, trackExperiments, encryptVolumes } from './studio-work';
import { openTracking, workWithRuns } from './tracking';
import { EnvironmentRole } from '../../names';

/** What people make and later change, and by which actions. */
export const WORK = [...JOBS, 'model', 'project', ...LINEAGE];
export const CHANGE_WORK = [...STOP_JOBS, 'sagemaker:DeleteModel', ...CHANGE_EXPERIMENTS, 'sagemaker:DeleteProject', 'sagemaker:UpdateProject'];

/** What the roles of people's Studio applications have in common. */
export function notebook(role: EnvironmentRole): Omit<RoleCard<ExecutionContext>, 'id' | 'description'> {
  return {
    role,
    assumedBy: [SAGEMAKER],
    may: (context) => {
      const { arns, scope, subnets, images } = context;
      return [
        ...seeSageMaker(),
        ...followWork(context),
        ...startJobs(arns),
        // What is the environment's by its name is changed, stopped and removed; what has another one, by the mark of the domain.
        new PolicyStatement({ actions: CHANGE_WORK, resources: arns.ours(...WORK) }),
        // Pipelines by their name alone: executions bear no mark of their domain.
        new PolicyStatement({ actions: RUN_PIPELINES, resources: arns.ours('pipeline') }),
        tagAtCreation(arns.ours('pipeline')),
        ...registerModels(context),
        ...trackExperiments(arns),
        ...ownStudio(context),
        ...workOnProjects(context),
        ...encryptVolumes(context),
        ...containerStatements(scope, subnets, images),
      ];
    },
    // The same for what was made in Studio under another name: it bears the mark of its domain, which nobody can put on something that exists.
    mayInDomain: ({ arns }, domainArn) => [
      new PolicyStatement({ actions: CHANGE_WORK, resources: arns.anything, conditions: ofDomain(domainArn) }),
    ],
    mayTrack: ({ arns }, vpcId) => [...openTracking(arns), workWithRuns(arns, vpcId)],
    mayShareSpaces,
    mayUseFeatures: keepFeatures,
    mayLaunch: 'projects',
    mayLaunchFromS3: launchFromS3,
    buckets: [READ_DATA, WRITE_OUTPUTS, from('forwarded', READ_MODELS), READ_REPORTS, { ...READ_TEMPLATES, whereOffered: true }, USE_MLFLOW, READ_OFFLINE_STORE],
    keys: [VOLUMES, STUDIO_STORAGE, REPOSITORIES, FEATURE_GROUPS],
    usesDataSources: true,
    installsPackages: true,
    clonesRepositories: true,
    passes: { sagemaker: [role, EnvironmentRole.PIPELINE_EXECUTION, EnvironmentRole.JOB_EXECUTION, EnvironmentRole.FEATURE_STORE] },
    isGuarded: true,
    isIsolated: true,
    never: ['sagemaker:UpdateModelPackage', 'sagemaker:CreateEndpoint*', 'sagemaker:CreateDomain', 'sagemaker:CreateNotebookInstance', 'sagemaker:CreateUserProfile', 'iam:Create*', 'iam:Put*', 'iam:Attach*', 'sts:AssumeRole', 'kms:PutKeyPolicy'],
  };
}

/** Following jobs, and the builds and deliveries of projects, in logs and charts. */
function followWork({ arns }: ExecutionContext): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: READ_LOGS, resources: [...arns.sageMakerLogs, ...arns.buildLogs] }),
    ...seeDelivery(arns),
    new PolicyStatement({ actions: READ_METRICS, resources: ['*'] }), // CloudWatch takes no resource for metrics
  ];
}

/** One's own applications and spaces, by the names that SageMaker itself puts in. */
function ownStudio({ arns }: ExecutionContext): PolicyStatement[] {
  const apps = ['sagemaker:CreateApp', 'sagemaker:DeleteApp'];
  const [me] = arns.here('sagemaker', 'user-profile/${sagemaker:DomainId}/${sagemaker:UserProfileName}');
  const mine = { ArnLike: { 'sagemaker:OwnerUserProfileArn': me }, StringEqualsIfExists: { 'sagemaker:SpaceSharingType': 'Private' } };
  return [
    new PolicyStatement({
      actions: apps,
      resources: arns.here('sagemaker', 'app/${sagemaker:DomainId}/${sagemaker:UserProfileName}/*'),
      conditions: { Null: { 'sagemaker:OwnerUserProfileArn': 'true' } },
    }),
    new PolicyStatement({ actions: apps, resources: arns.here('sagemaker', 'app/${sagemaker:DomainId}/*'), conditions: mine }),
    new PolicyStatement({ actions: ['sagemaker:CreatePresignedDomainUrl'], resources: [me] }), // Studio opens a space by an address of its own
    new PolicyStatement({
      actions: ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace'], resources: arns.here('sagemaker', 'space/${sagemaker:DomainId}/*'), conditions: mine,
    }),
    tagAtCreation(arns.sageMaker('app', 'space')),
  ];
}

/**
 * Spaces of one's own that all of the domain may open, and applications in everybody's shared spaces.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSageMakerFullAccess.html
 */
function mayShareSpaces({ arns }: ExecutionContext): PolicyStatement[] {
  const [me] = arns.here('sagemaker', 'user-profile/${sagemaker:DomainId}/${sagemaker:UserProfileName}');
  const shared = { 'sagemaker:SpaceSharingType': 'Shared' };
  return [
    new PolicyStatement({
      actions: ['sagemaker:CreateSpace', 'sagemaker:UpdateSpace', 'sagemaker:DeleteSpace'],
      resources: arns.here('sagemaker', 'space/${sagemaker:DomainId}/*'),
      conditions: { ArnLike: { 'sagemaker:OwnerUserProfileArn': me }, StringEquals: shared },
    }),
    new PolicyStatement({
      actions: ['sagemaker:CreateApp', 'sagemaker:DeleteApp'], resources: arns.here('sagemaker', 'app/${sagemaker:DomainId}/*'), conditions: { StringEquals: shared },
    }),
  ];
}

/** Projects: launched through Service Catalog, ended by who launched them, worked on in their repositories. */
function workOnProjects({ arns }: ExecutionContext): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['sagemaker:CreateProject'], resources: arns.sageMaker('project') }),
    tagAtCreation(arns.sageMaker('project')),
    ...findProducts(),
    new PolicyStatement({ actions: USE_REPOSITORIES, resources: arns.ofProjects('codecommit') }),
    new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'], resources: [...arns.parameters, arns.awsParameters] }),
  ];
}

/** Stacks of projects whose templates are in a bucket: from these templates, with this role, and no other. SageMaker makes them as whoever launches. */
function launchFromS3({ arns }: ExecutionContext, launchRoleArn: string, templateUrls: string): PolicyStatement[] {
  const stacks = arns.here('cloudformation', 'stack/SP-*');
  return [
    new PolicyStatement({
      actions: ['cloudformation:CreateStack', 'cloudformation:UpdateStack'],
      resources: stacks,
      conditions: { StringLike: { 'cloudformation:TemplateUrl': templateUrls }, StringEquals: { 'cloudformation:RoleArn': launchRoleArn } },
    }),
    // SageMaker may delete by the role that the stack has, without naming it.
    new PolicyStatement({ actions: ['cloudformation:DeleteStack'], resources: stacks, conditions: { StringEqualsIfExists: { 'cloudformation:RoleArn': launchRoleArn } } }),
    new PolicyStatement({ actions: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackEvents', 'cloudformation:TagResource'], resources: stacks }),
    new PolicyStatement({ actions: ['iam:PassRole'], resources: [launchRoleArn], conditions: { StringEquals: { 'iam:PassedToService': 'cloudformation.amazonaws.com' } } }),
  ];
}
