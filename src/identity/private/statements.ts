import { Stack } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { EnvironmentRegistry } from '../../registry';
import { containerStatements, ImageSources, pulling } from '../container-statements';
import {
  CHANGE_EXPERIMENTS, CHANGE_PROJECTS, CREATE_PROJECTS, END_JOBS, FIND_PRODUCTS, MAKE_MODELS, OWN_APPS, OWN_PROVISIONED_PRODUCTS, OWN_SPACES,
  READ_LOGS, READ_METRICS, RUN_PIPELINES, SEE_BUILDS, SEE_DELIVERY, SEE_SAGEMAKER, START_JOBS, STOP_JOBS, TRACK_EXPERIMENTS, USE_REPOSITORIES,
} from '../perms';
import { Arns } from './arns';

const JOBS = ['training-job', 'processing-job', 'transform-job', 'hyper-parameter-tuning-job'];
/** Names of what a SageMaker pipeline makes, unless its definition says otherwise. */
const OF_PIPELINES = 'pipelines-*';
const LINEAGE = ['experiment', 'experiment-trial', 'experiment-trial-component', 'action', 'artifact', 'context'];

/** What people make and later change, and by which actions. */
const WORK = [...JOBS, 'model', 'project', ...LINEAGE];
const CHANGE_WORK = [...END_JOBS, ...CHANGE_EXPERIMENTS, ...CHANGE_PROJECTS];

/** What the statements of workloads are about. */
export interface WorkloadSurroundings {
  readonly registry: EnvironmentRegistry;
  readonly subnets: ISubnet[];
  readonly securityGroups: ISecurityGroup[];
  readonly volumeKey: IKey;
  readonly studioStorageKey: IKey;
  readonly outputKeys: IKey[];
  readonly imageAccounts?: string[];
}

/** The permissions of workload roles, by what they let a role do. */
export class WorkloadStatements {
  private readonly arns: Arns;

  constructor(private readonly scope: Construct, private readonly around: WorkloadSurroundings) {
    this.arns = new Arns(scope, around.registry);
  }

  /** What every container of SageMaker does: logs, metrics, images, its network interface. */
  public runInTheVpc(): PolicyStatement[] {
    return containerStatements(this.scope, this.around.subnets, this.images);
  }

  /** Starting work; the guardrails say with what. */
  public startJobs(): PolicyStatement[] {
    const types = [...JOBS, 'model'];
    return [
      new PolicyStatement({ actions: [...START_JOBS, ...MAKE_MODELS], resources: this.arns.sageMaker(...types) }),
      this.tagAtCreation(...types),
    ];
  }

  /** Changing, stopping and removing what is the environment's by its name. */
  public changeOwnWork(): PolicyStatement[] {
    return [new PolicyStatement({ actions: CHANGE_WORK, resources: this.arns.ours(...WORK) })];
  }

  /**
   * The same for what was made in Studio under another name: it bears the mark of its domain, which nobody can put on
   * something that exists.
   */
  public changeWorkOfDomain(domainArn: string): PolicyStatement[] {
    return [new PolicyStatement({ actions: CHANGE_WORK, resources: this.arns.sageMaker(...WORK), conditions: ofDomain(domainArn) })];
  }

  /** Ending jobs that were started in a domain, and the records of them. */
  public endJobsOfDomain(domainArn: string): PolicyStatement[] {
    return [new PolicyStatement({
      actions: [...STOP_JOBS, ...CHANGE_EXPERIMENTS], resources: this.arns.sageMaker(...JOBS, ...LINEAGE), conditions: ofDomain(domainArn),
    })];
  }

  /** Ending what SageMaker starts for a pipeline, and records with it. Nobody but SageMaker works as the role that has this. */
  public endJobsOfPipelines(): PolicyStatement[] {
    const types = [...JOBS, ...LINEAGE];
    const names = this.arns.here('sagemaker', ...types.map((type) => `${type}/${OF_PIPELINES}`));
    return [new PolicyStatement({ actions: [...STOP_JOBS, ...CHANGE_EXPERIMENTS], resources: [...this.arns.ours(...types), ...names] })];
  }

  /** Registering versions in the environment's groups, always as pending; their stage in life is an approver's to say. */
  public registerModels(): PolicyStatement[] {
    const groups = this.arns.ours('model-package-group'), versions = this.arns.ours('model-package');
    return [
      new PolicyStatement({ actions: ['sagemaker:CreateModelPackageGroup'], resources: groups }),
      new PolicyStatement({
        actions: ['sagemaker:CreateModelPackage'],
        resources: [...versions, ...groups],
        conditions: {
          StringEquals: { 'sagemaker:ModelApprovalStatus': 'PendingManualApproval' },
          Null: { 'sagemaker:ModelLifeCycle:Stage': 'true', 'sagemaker:ModelLifeCycle:StageStatus': 'true' },
        },
      }),
      this.tagOursAtCreation('model-package', 'model-package-group'),
      // SageMaker looks at the image of a version as who registers it. Of which account it is, the registry's policy says as well.
      ...pulling(['ecr:BatchGetImage', 'ecr:DescribeImages'], this.images),
    ];
  }

  /** Writing and running the environment's pipelines. By name alone: executions bear no mark of their domain. */
  public runPipelines(): PolicyStatement[] {
    return [new PolicyStatement({ actions: RUN_PIPELINES, resources: this.arns.ours('pipeline') }), this.tagOursAtCreation('pipeline')];
  }

  public trackExperiments(): PolicyStatement[] {
    return [new PolicyStatement({ actions: TRACK_EXPERIMENTS, resources: this.arns.sageMaker(...LINEAGE) }), this.tagAtCreation(...LINEAGE)];
  }

  /** Seeing what is there; SageMaker lists for the account as a whole, and Studio's pages show what they list. */
  public seeSageMaker(): PolicyStatement {
    return new PolicyStatement({ actions: SEE_SAGEMAKER, resources: ['*'] });
  }

  /** Following jobs, and the builds and deliveries of projects, in logs and charts. */
  public followWork(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: READ_LOGS, resources: [...this.arns.sageMakerLogs, ...this.arns.buildLogs] }),
      ...seeDelivery(this.arns),
      new PolicyStatement({ actions: READ_METRICS, resources: ['*'] }), // CloudWatch takes no resource for metrics
    ];
  }

  /** One's own applications and spaces, by the names that SageMaker itself puts in. */
  public ownStudio(): PolicyStatement[] {
    const [me] = this.arns.here('sagemaker', 'user-profile/${sagemaker:DomainId}/${sagemaker:UserProfileName}');
    const mine = { ArnLike: { 'sagemaker:OwnerUserProfileArn': me }, StringEqualsIfExists: { 'sagemaker:SpaceSharingType': 'Private' } };
    return [
      new PolicyStatement({
        actions: OWN_APPS,
        resources: this.arns.here('sagemaker', 'app/${sagemaker:DomainId}/${sagemaker:UserProfileName}/*'),
        conditions: { Null: { 'sagemaker:OwnerUserProfileArn': 'true' } },
      }),
      new PolicyStatement({ actions: OWN_APPS, resources: this.arns.here('sagemaker', 'app/${sagemaker:DomainId}/*'), conditions: mine }),
      new PolicyStatement({ actions: ['sagemaker:CreatePresignedDomainUrl'], resources: [me] }), // Studio opens a space by an address of its own
      new PolicyStatement({ actions: OWN_SPACES, resources: this.arns.here('sagemaker', 'space/${sagemaker:DomainId}/*'), conditions: mine }),
      this.tagAtCreation('app', 'space'),
    ];
  }

  /** Projects: launched through Service Catalog, ended by who launched them, worked on in their repositories. */
  public workOnProjects(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: CREATE_PROJECTS, resources: this.arns.sageMaker('project') }),
      this.tagAtCreation('project'),
      new PolicyStatement({ actions: FIND_PRODUCTS, resources: ['*'] }), // Service Catalog searches take no resource, and show what the role's portfolios hold
      ownProvisionedProducts(),
      new PolicyStatement({ actions: USE_REPOSITORIES, resources: this.arns.ofProjects('codecommit') }),
      new PolicyStatement({ actions: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'], resources: [...this.arns.parameters, this.arns.awsParameters] }),
    ];
  }

  /** Stacks of projects whose templates are in a bucket: from these templates, with this role, and no other. */
  public launchFromS3(launchRoleArn: string, templateUrls: string): PolicyStatement[] {
    const stacks = this.arns.here('cloudformation', 'stack/SP-*');
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

  /** Volumes of what the role starts: SageMaker asks for the key as the role does, and hands it on to EBS by a grant. */
  public encryptVolumes(): PolicyStatement[] {
    const { volumeKey, studioStorageKey, outputKeys } = this.around;
    const { region, urlSuffix } = Stack.of(this.scope);
    const volumes = [volumeKey.keyArn, studioStorageKey.keyArn];
    const through = { 'kms:ViaService': `sagemaker.${region}.${urlSuffix}` };
    return [
      new PolicyStatement({ actions: ['kms:CreateGrant'], resources: volumes, conditions: { StringEquals: through, Bool: { 'kms:GrantIsForAWSResource': 'true' } } }),
      new PolicyStatement({ actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'], resources: volumes, conditions: { StringEquals: through } }),
      new PolicyStatement({ actions: ['kms:DescribeKey'], resources: [...volumes, ...outputKeys.map((key) => key.keyArn)] }),
    ];
  }

  /** Handing roles to SageMaker, and to no other service. */
  public pass(roleArns: string[]): PolicyStatement {
    return new PolicyStatement({ actions: ['iam:PassRole'], resources: roleArns, conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } } });
  }

  private get images(): ImageSources {
    return this.arns.images(this.around.imageAccounts ?? []);
  }

  /** Tags at creation only: later changes could move a resource out of its owner's reach. */
  private tagAtCreation(...types: string[]): PolicyStatement {
    return this.tagging(this.arns.sageMaker(...types));
  }

  /** The same for what is made by a name of the environment's. */
  private tagOursAtCreation(...types: string[]): PolicyStatement {
    return this.tagging(this.arns.ours(...types));
  }

  private tagging(resources: string[]): PolicyStatement {
    return new PolicyStatement({ actions: ['sagemaker:AddTags'], resources, conditions: { Null: { 'sagemaker:TaggingAction': 'false' } } });
  }
}

/** How far the builds and deliveries of projects have come. */
export function seeDelivery(arns: Arns): PolicyStatement[] {
  return [
    new PolicyStatement({ actions: SEE_DELIVERY, resources: arns.ofProjects('codepipeline') }),
    new PolicyStatement({ actions: SEE_BUILDS, resources: arns.ofProjects('codebuild', '', 'project/') }),
  ];
}

/** What bears the mark of a domain, which SageMaker puts on what is made in Studio. @see https://docs.aws.amazon.com/sagemaker/latest/dg/domain-multiple.html */
export function ofDomain(domainArn: string): Record<string, Record<string, string>> {
  return { StringEquals: { 'aws:ResourceTag/sagemaker:domain-arn': domainArn } };
}

/** Service Catalog knows no ARN of a provisioned product here: who launched it is what narrows it. */
export function ownProvisionedProducts(): PolicyStatement {
  return new PolicyStatement({ actions: OWN_PROVISIONED_PRODUCTS, resources: ['*'], conditions: { StringEquals: { 'servicecatalog:userLevel': 'self' } } });
}
