import { Deed } from './errand';
import { AccessSystem } from '../../access/access-system';
import { EVERYBODY } from '../../access/chains/rows';
import { listOf } from '../../access/policy-document';
import { Requester, service } from '../../access/request/requester';
import { Scenario } from '../../access/scenario';

/** A deed that a step takes: by who takes the step, by whom they then work as, or by an AWS service. */
export interface Hop extends Deed {
  readonly by?: 'reached' | Requester;
}

/** One way by which somebody comes to work as somebody else: all of its hops. */
export interface Way {
  /** What somebody does, in a word. */
  readonly name: string;
  readonly to: string;
  readonly hops: Hop[];
  /** Whose way it is, if not everybody's. */
  readonly only?: string;
}

const anything = (on: string, does = ''): Scenario => ({ on, does } as Scenario);
/** What SageMaker does as a role to run something in a VPC, and what a pipeline is for. */
const IN_NETWORK: Hop = { by: 'reached', does: ['ec2:CreateNetworkInterface'] };
const STEP: Hop = { by: 'reached', does: ['sagemaker:Create*Job*', 'sagemaker:CreateModel'] };
const OPENING: Hop = { does: ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:CreateApp'] };

/**
 * What makes a service run what a caller says as a role that the caller passes to it: in each list, one of the first, and whatever else
 * has to be.
 */
const RUNS: Record<string, [does: string[], more: Hop[]][]> = {
  'sagemaker.amazonaws.com': [
    [[
      'sagemaker:Create*Job', 'sagemaker:Create*JobV2', 'sagemaker:Create*JobDefinition', 'sagemaker:CreateModel', 'sagemaker:CreateEndpointConfig', 'sagemaker:CreateInferenceComponent',
      'sagemaker:CreateInferenceExperiment', 'sagemaker:CreateNotebookInstance', 'sagemaker:UpdateNotebookInstance', 'sagemaker:CreateMonitoringSchedule', 'sagemaker:UpdateMonitoringSchedule',
      'sagemaker:CreateCluster', 'sagemaker:UpdateCluster', 'sagemaker:CreateFlowDefinition', 'sagemaker:CreateImage', 'sagemaker:UpdateImage', 'sagemaker:CreateFeatureGroup',
      'sagemaker:CreateMlflowTrackingServer', 'sagemaker:UpdateMlflowTrackingServer',
    ], [IN_NETWORK]],
    [['sagemaker:CreatePipeline', 'sagemaker:UpdatePipeline'], [STEP]],
    [['sagemaker:CreateDomain', 'sagemaker:UpdateDomain', 'sagemaker:CreateUserProfile', 'sagemaker:UpdateUserProfile'], [OPENING, IN_NETWORK]],
  ],
  'codebuild.amazonaws.com': [[['codebuild:CreateProject', 'codebuild:UpdateProject', 'codebuild:StartBuild*', 'codebuild:RetryBuild*'], []]],
  'codepipeline.amazonaws.com': [[['codepipeline:CreatePipeline', 'codepipeline:UpdatePipeline'], []]],
  'events.amazonaws.com': [[['events:PutTargets'], []]],
  'scheduler.amazonaws.com': [[['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'], []]],
  'cloudformation.amazonaws.com': [[[
    'cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:CreateChangeSet', 'cloudformation:CreateStackSet', 'cloudformation:UpdateStackSet', 'cloudformation:CreateStackRefactor',
  ], []]],
  'servicecatalog.amazonaws.com': [[['servicecatalog:CreateConstraint', 'servicecatalog:UpdateConstraint'], []]],
  'lambda.amazonaws.com': [[['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'], []]],
  'vpc-flow-logs.amazonaws.com': [[['ec2:CreateFlowLogs'], []]],
};

/** Whoever may do one of these to a role or to what roles have may give themselves everything. */
const CHANGES_TO_ROLES = [
  'iam:Add*', 'iam:Attach*', 'iam:Create*', 'iam:Delete*', 'iam:Detach*', 'iam:Put*', 'iam:Remove*', 'iam:SetDefaultPolicyVersion', 'iam:Tag*', 'iam:Untag*', 'iam:Update*', 'iam:Upload*',
];
/** A pattern of a thing of a project, of any project: what a row's example is, with any name in place of the example's. */
function ofAnyProject(arn: string): string {
  return arn.replace(/churn-forecast(-p-abcdefghijkl)?|(?<=churn--)churn-foreca/g, '?*').replace('p-abcdefghijkl', '?*').replace(/-0123456789ab(?=\.\w+$)/, '-*').replace('aB3dE5f', '?*').replace('/train.py', '/?*');
}

/** Every action that some way takes. */
export function actionsOfWays(ways: Way[]): string[] {
  return [...new Set(ways.flatMap(({ hops }) => hops.filter(({ by }) => by === undefined).flatMap(({ does }) => does)))];
}

/** Every way that leads from one to another in an app, whatever requests say. */
export class Ways {
  public readonly all: Way[];
  /** Everybody by their names, with what they may do. */
  public readonly people: Map<string, Requester>;

  constructor(private readonly system: AccessSystem) {
    this.people = new Map(EVERYBODY.flatMap((who) => {
      const found = system.who({ who } as Scenario);
      return found ? [[who, found] as const] : [];
    }));
    const handed = [...this.people].flatMap(([to, role]) => [...this.assuming(to, role), ...this.passing(to, role)]);
    this.all = [...handed, ...this.changing(), ...this.content(), ...this.studio()];
  }

  private assuming(to: string, { arn, account }: Requester): Way[] {
    const policy = this.system.reader.roles().find((role) => role.arn === arn)!.trust;
    return [{ name: 'assumes', to, hops: [{ does: ['sts:AssumeRole'], on: [arn], account: account!.id, policy }] }];
  }

  private passing(to: string, { arn, account }: Requester): Way[] {
    const policy = this.system.reader.roles().find((role) => role.arn === arn)!.trust;
    const services = [...new Set(policy.document.Statement.flatMap(({ Principal = {} }) => (typeof Principal === 'string' ? [] : listOf(Principal.Service))))];
    return services.flatMap((name) => {
      const runs = RUNS[name];
      if (!runs) throw new Error(`Nothing says what makes ${name} work as ${to}`);
      const passed: Hop = { does: ['iam:PassRole'], on: [arn], account: account!.id, given: { 'iam:PassedToService': name } };
      const trusted: Hop = { by: service(name.replace('.amazonaws.com', '')), does: ['sts:AssumeRole'], on: [arn], account: account!.id, policy };
      // With a template of the environment's, CloudFormation does as a role what the environment wrote.
      const unlike = name === 'cloudformation.amazonaws.com' ? { 'cloudformation:TemplateUrl': this.templates() } : undefined;
      return runs.map(([does, more]): Way => ({ name: 'passes', to, hops: [passed, trusted, { does, unlike }, ...more] }));
    });
  }

  /** Where the environment's own templates are. */
  private templates(): string {
    return this.system.on(anything('templateAddress'))!.arn.replace(/[^/]*$/, '*');
  }

  private changing(): Way[] {
    const roles = ['adminRole', 'targetAdminRole'].map((on) => this.system.on(anything(on))!);
    return [
      { name: 'changes', to: 'administrator', hops: [{ does: CHANGES_TO_ROLES, but: ['arn:aws:iam::*:role/aws-service-role/*'] }] },
      ...roles.map(({ arn, account, policy }, at): Way => ({
        name: 'assumes', to: ['administrator', 'targetAdministrator'][at], hops: [{ does: ['sts:AssumeRole'], on: [arn], account: account.id, policy }],
      })),
    ];
  }

  /** Whose content runs as whom: whoever writes the one works as the other. */
  private content(): Way[] {
    const way = (to: string, [name, does]: [string, string[]], on: string): Way => {
      const { arn, account, policy } = this.system.on(anything(on, does[0]))!;
      const [bucket] = arn.split('/'), artifact = /artifact$/i.test(on);
      // Names of projects have no slashes; the last part CodePipeline draws itself, and it is like the name of another artifact by chance only.
      const but = artifact ? ['*/*/*/*', '*/*/Build*', '*/*/Accounts*'].map((key) => `${bucket}/${key}`) : undefined;
      return { name, to, hops: [{ does, on: [ofAnyProject(arn)], but, account: account.id, policy }] };
    };
    const push: [string, string[]] = ['pushes', ['codecommit:GitPush', 'codecommit:CreateCommit', 'codecommit:PutFile', 'codecommit:DeleteFile', 'codecommit:Merge*', 'codecommit:UpdateDefaultBranch', 'codecommit:PutRepositoryTriggers', 'codecommit:CreateBranch']];
    const build: [string, string[]] = ['starts', ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject', 'codebuild:RetryBuild']];
    const write: [string, string[]] = ['writes', ['s3:PutObject', 's3:ReplicateObject', 's3:RestoreObject']];
    const update: [string, string[]] = ['updates', ['codepipeline:UpdatePipeline', 'codepipeline:CreatePipeline']];
    return [
      ...['codeBuild', 'imageBuild'].flatMap((to) => [way(to, push, 'projectRepository'), way(to, write, 'sourceArtifact')]),
      way('codeBuild', build, 'ownBuildProject'), way('codeBuild', build, 'testBuildProject'), way('imageBuild', build, 'imageBuildProject'),
      ...['release', 'imageRelease'].map((to) => way(to, write, 'releaseProgram')),
      way('release', build, 'releaseBuildProject'), way('imageRelease', build, 'imageReleaseProject'),
      way('accountsBuild', write, 'releaseArtifact'), way('accountsBuild', build, 'accountsBuildProject'),
      way('projectLaunch', write, 'productTemplate'), way('projectLaunch', write, 'templateObject'),
      way('codePipeline', update, 'projectPipeline'), way('codePipeline', update, 'deployPipeline'),
      way('stackSetAdministrator', ['updates', ['cloudformation:UpdateStackSet', 'cloudformation:CreateStackSet']], 'endpointStackSet'), way('stackSetAdministrator', write, 'releaseArtifact'),
      way('pipelineExecution', ['updates', ['sagemaker:UpdatePipeline']], 'ownPipeline'),
      ...['pipelineExecution', 'jobExecution'].map((to) => way(to, write, 'codeObject')),
      ...['publisher', 'studioCleanUp', 'defaultSecurityGroup'].map((to): Way => (
        { name: 'updates', to, hops: [{ does: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', 'lambda:PublishLayerVersion', 'lambda:AddPermission', 'lambda:UpdateAlias'] }] })),
    ];
  }

  private studio(): Way[] {
    const { arn: own } = this.system.on(anything('ownUserProfile'))!, { arn: other } = this.system.on(anything('otherUserProfile'))!;
    const [profiles] = own.split('/alice'), spaces = profiles.replace(':user-profile/', ':app/');
    const opens = { does: ['sagemaker:CreatePresignedDomainUrl'] };
    const configures = ['sagemaker:CreateStudioLifecycleConfig', 'sagemaker:CreateAppImageConfig', 'sagemaker:UpdateAppImageConfig', 'sagemaker:UpdateDomain', 'sagemaker:CreateDomain'];
    return [
      { name: 'opens', to: 'studioExecution', hops: [{ ...opens, on: [own] }] },
      { name: 'opens', to: 'dataPreparation', hops: [{ ...opens, on: [own] }], only: 'mlEngineer' },
      { name: 'opens', to: 'colleague', hops: [{ ...opens, but: [own] }] },
      { name: 'opens', to: 'colleague', hops: [{ does: ['sagemaker:CreateApp'], on: [`${spaces}/*`], given: { 'sagemaker:OwnerUserProfileArn': other, 'sagemaker:SpaceSharingType': 'Private' } }] },
      { name: 'opens', to: 'sharedSpace', hops: [{ does: ['sagemaker:CreateApp'], on: [`${spaces}/*`], given: { 'sagemaker:SpaceSharingType': 'Shared' } }] },
      { name: 'configures', to: 'colleague', hops: [{ does: configures }] },
    ].filter(({ to }) => to === 'colleague' || this.people.has(to));
  }
}
