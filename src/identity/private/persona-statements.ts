import { ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentRegistry } from '../../registry';
import { DeploymentStage } from '../../stages';
import { FIND_PRODUCTS, LAUNCH_PRODUCTS, READ_LOGS, READ_METRICS, SEE_COSTS, SEE_MODELS, SEE_STUDIO, STOP_JOBS, STOP_PIPELINES } from '../perms';
import { UserBinding } from '../user-binding';
import { Arns } from './arns';
import { ofDomain, ownProvisionedProducts, seeDelivery } from './statements';

/** What the statements of personas are about. */
export interface PersonaSurroundings {
  readonly registry: EnvironmentRegistry;
  readonly domainId: string;
  readonly studioRoleArns: string[];
  readonly securityGroups: ISecurityGroup[];
  readonly deploymentStages: DeploymentStage[];
  readonly binding?: UserBinding;
  readonly sourceCidrs: string[];
}

/** The permissions of personas, by what they let a person do. */
export class PersonaStatements {
  private readonly arns: Arns;

  constructor(scope: Construct, private readonly around: PersonaSurroundings) {
    this.arns = new Arns(scope, around.registry);
  }

  /** One's own Studio, and nobody else's. AWS checks the conditions on every request that follows, not on this one alone. */
  public openOwnStudio(): PolicyStatement[] {
    const { domainId, binding, sourceCidrs } = this.around;
    return binding === undefined ? [] : [new PolicyStatement({
      actions: ['sagemaker:CreatePresignedDomainUrl'],
      resources: this.arns.here('sagemaker', `user-profile/${domainId}/${binding.profileVariable}`),
      conditions: sourceCidrs.length > 0 ? { IpAddress: { 'aws:SourceIp': sourceCidrs } } : undefined,
    })];
  }

  /** SageMaker and CodePipeline list for the account as a whole. */
  public seeStudio(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: SEE_STUDIO, resources: ['*'] }),
      ...seeDelivery(this.arns),
    ];
  }

  /** Why the build after one's own push failed. */
  public readBuildLogs(): PolicyStatement[] {
    return [new PolicyStatement({ actions: READ_LOGS, resources: this.arns.buildLogs })];
  }

  /** What the environment costs. Cost Explorer takes no narrower resource than the account, and shows costs by tag. */
  public seeCosts(): PolicyStatement[] {
    return [new PolicyStatement({ actions: SEE_COSTS, resources: ['*'] })];
  }

  /** Projects and their deliveries; the products themselves are granted one by one. */
  public findProducts(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: FIND_PRODUCTS, resources: ['*'] }), // Service Catalog searches take no resource, and show what the role's portfolios hold
      ownProvisionedProducts(),
    ];
  }

  /** A product that people may launch. */
  public launch(productArn: string): PolicyStatement {
    return new PolicyStatement({ actions: LAUNCH_PRODUCTS, resources: [productArn] });
  }

  /** What happens in pipelines, endpoints and logs. Metrics and lists take no resource. */
  public watch(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: [...SEE_MODELS, ...READ_METRICS, 'logs:DescribeLogGroups'], resources: ['*'] }), // names of log groups are listed for the account
      new PolicyStatement({ actions: READ_LOGS, resources: [...this.arns.sageMakerLogs, ...this.arns.buildLogs] }),
    ];
  }

  /**
   * The team's profiles, spaces and applications; never into them. Profiles get the groups that everybody has: the own
   * groups of users who were added in code are CloudFormation's to give, and a list of them would outgrow the policy.
   */
  public manageStudio(): PolicyStatement[] {
    const { domainId, securityGroups, studioRoleArns } = this.around;
    const groups = securityGroups.map((group) => group.securityGroupId);
    const profiles = this.arns.here('sagemaker', `user-profile/${domainId}/*`);
    const spaces = this.arns.here('sagemaker', `space/${domainId}/*`, `app/${domainId}/*`);
    return [
      new PolicyStatement({
        actions: ['sagemaker:CreateUserProfile', 'sagemaker:UpdateUserProfile'],
        resources: profiles,
        conditions: { 'ForAllValues:StringEquals': { 'sagemaker:VpcSecurityGroupIds': groups }, 'Null': { 'sagemaker:VpcSecurityGroupIds': 'false' } },
      }),
      new PolicyStatement({ actions: ['sagemaker:DeleteUserProfile'], resources: profiles }),
      new PolicyStatement({ actions: ['sagemaker:DeleteApp', 'sagemaker:DeleteSpace', 'sagemaker:UpdateSpace'], resources: spaces }),
      new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: [...profiles, ...spaces], conditions: { Null: { 'sagemaker:TaggingAction': 'false' } } }),
      new PolicyStatement({ actions: ['iam:PassRole'], resources: studioRoleArns, conditions: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } } }),
    ];
  }

  /** Ending what costs money and nobody needs: jobs by their name or by the mark of their domain, pipelines by their name. */
  public endWork(): PolicyStatement[] {
    const jobs = ['training-job', 'processing-job', 'transform-job', 'hyper-parameter-tuning-job'];
    const [domainArn] = this.arns.here('sagemaker', `domain/${this.around.domainId}`);
    return [
      new PolicyStatement({ actions: [...STOP_JOBS, ...STOP_PIPELINES], resources: this.arns.ours(...jobs, 'pipeline') }),
      new PolicyStatement({ actions: STOP_JOBS, resources: this.arns.sageMaker(...jobs), conditions: ofDomain(domainArn) }),
    ];
  }

  /** A version's approval or rejection, in the environment's groups, and nothing else in that call: it could change image, artifact or stage as well. */
  public approveVersions(): PolicyStatement[] {
    return [new PolicyStatement({
      actions: ['sagemaker:UpdateModelPackage'],
      resources: this.arns.ours('model-package'),
      conditions: {
        StringEquals: { 'sagemaker:ModelApprovalStatus': ['Approved', 'Rejected'] },
        Null: { 'sagemaker:ModelLifeCycle:Stage': 'true', 'sagemaker:ModelLifeCycle:StageStatus': 'true' },
      },
    })];
  }

  /** Approvals in deploy pipelines: for the stages before the last one, or for the last one. */
  public approveStages(which: 'last' | 'earlier'): PolicyStatement[] {
    const { deploymentStages } = this.around;
    const stages = which === 'last' ? deploymentStages.slice(-1) : deploymentStages.slice(0, -1);
    return stages.length === 0 ? [] : [new PolicyStatement({
      actions: ['codepipeline:PutApprovalResult'],
      resources: stages.flatMap((stage) => this.arns.ofProjects('codepipeline', `/${stage.approvalName}/*`)),
    })];
  }

  /**
   * Endpoints go from accounts that have left a stage: by their stack sets, and by nothing that could make or change one. The
   * roles of the road into targets do it, and no role is passed.
   */
  public retireEndpoints(): PolicyStatement[] {
    return this.around.deploymentStages.length === 0 ? [] : [new PolicyStatement({
      actions: ['cloudformation:DeleteStackInstances', 'cloudformation:DescribeStackSetOperation'],
      resources: [...this.arns.ofProjects('cloudformation', '', 'stackset/'), ...this.arns.stackSetTargets, ...this.arns.resourceTypes],
    })];
  }

  /** The way back to the version before. */
  public stepBack(): PolicyStatement[] {
    return [new PolicyStatement({ actions: ['codepipeline:RollbackStage'], resources: this.arns.ofProjects('codepipeline', '/*') })];
  }
}
