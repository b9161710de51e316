import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { Arns } from './arns';
import { FETCH_REPOSITORY, LAUNCH, LAUNCH_LISTS, OPERATE_STACK_SETS, READ_VERSIONS, RUN_BUILDS, UPSERT_PIPELINES } from './project-perms';
import { PUSH_IMAGES } from '../../perimeter/promotion-actions';
import { EnvironmentRegistry, EnvironmentRole, TargetRole } from '../../registry';
import { DeploymentStage } from '../../stages';
import { listOrganization } from '../organization-actions';

/** The permissions of the roles that work for projects, by what they let a role do. */
export class ProjectStatements {
  private readonly arns: Arns;

  constructor(scope: Construct, private readonly registry: EnvironmentRegistry) {
    this.arns = new Arns(scope, registry);
  }

  /** Logs of builds. */
  public log(): PolicyStatement {
    return new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: this.arns.buildLogs });
  }

  /** Builds in the environment's network, with their logs. */
  public build(subnets: ISubnet[]): PolicyStatement[] {
    const subnetArns = this.arns.here('ec2', ...subnets.map(({ subnetId }) => `subnet/${subnetId}`));
    const interfaces = this.arns.here('ec2', 'network-interface/*');
    return [
      this.log(),
      new PolicyStatement({ actions: ['ec2:CreateNetworkInterface'], resources: [...subnetArns, ...interfaces, ...this.arns.here('ec2', 'security-group/*')] }),
      new PolicyStatement({
        actions: ['ec2:CreateNetworkInterfacePermission'],
        resources: interfaces,
        conditions: { StringEquals: { 'ec2:AuthorizedService': 'codebuild.amazonaws.com' }, ArnEquals: { 'ec2:Subnet': subnetArns } },
      }),
      new PolicyStatement({ actions: ['ec2:DeleteNetworkInterface'], resources: interfaces, conditions: { ArnEquals: { 'ec2:Subnet': subnetArns } } }),
      new PolicyStatement({
        actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:DescribeSecurityGroups', 'ec2:DescribeDhcpOptions', 'ec2:DescribeVpcs'],
        resources: ['*'], // EC2 takes no narrower resource for descriptions
      }),
    ];
  }

  /** Writing and starting a project's SageMaker pipelines, which orchestrate with the role that is handed to them. */
  public train(pipelineRoleArn: string): PolicyStatement[] {
    const pipelines = this.arns.here('sagemaker', `pipeline/${this.registry.projectPrefix}*`);
    return [
      new PolicyStatement({ actions: UPSERT_PIPELINES, resources: pipelines }),
      new PolicyStatement({ actions: ['sagemaker:AddTags'], resources: pipelines, conditions: { Null: { 'sagemaker:TaggingAction': 'false' } } }),
      pass(pipelineRoleArn, 'sagemaker'),
    ];
  }

  /** Looking at versions in the model registry. */
  public readVersions(): PolicyStatement[] {
    return [new PolicyStatement({ actions: READ_VERSIONS, resources: this.arns.sageMaker('model-package', 'model-package-group') })];
  }

  /** Invoking the endpoints of the stages, with the role of each target that can do nothing else. */
  public testEndpoints(stages: DeploymentStage[]): PolicyStatement[] {
    return this.become(TargetRole.ENDPOINT_TEST, stages);
  }

  /** Writing copies of released versions, with the role of each target that can do nothing else. */
  public promote(stages: DeploymentStage[]): PolicyStatement[] {
    return this.become(TargetRole.PROMOTION, stages);
  }

  private become(targetRole: TargetRole, stages: DeploymentStage[]): PolicyStatement[] {
    return stages.flatMap((stage) => {
      const role = (account: string) => this.registry.targetRoleArn(stage.stageName, targetRole, account);
      const assume = (resource: string, conditions?: Record<string, Record<string, string[]>>) =>
        new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [resource], conditions });
      if (stage.isSameAccount) return [assume(role(this.registry.account))];
      // The trust of the roles says who comes in; the accounts are said here as well, so that no other account can call its role so.
      return [stage.accountIds.length > 0
        ? assume(role('*'), { StringEquals: { 'aws:ResourceAccount': stage.accountIds } })
        : assume(role('*'), { 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': stage.organizationalUnitPaths.map((path) => `${path}*`) } })];
    });
  }

  /** Looking up the accounts of organizational units: as a role of the platform, or where that is not named as itself. */
  public listAccounts(stages: DeploymentStage[]): PolicyStatement[] {
    const byUnits = stages.filter(({ organizationalUnitPaths }) => organizationalUnitPaths.length > 0);
    const listers = byUnits.flatMap(({ stageName, platformAccount }) => (
      platformAccount ? [this.registry.listingRoleArn(stageName, platformAccount)] : []));
    const own = new Set(byUnits.flatMap(({ organizationId, platformAccount }) => (platformAccount === undefined ? organizationId! : [])));
    return [
      ...listers.length > 0 ? [new PolicyStatement({ actions: ['sts:AssumeRole'], resources: listers })] : [],
      ...[...own].flatMap((organizationId) => listOrganization(this.registry.partition, organizationId)),
    ];
  }

  /** Seeing which accounts an endpoint's stack set is in already. */
  public followStackSets(): PolicyStatement[] {
    return [new PolicyStatement({ actions: ['cloudformation:ListStackInstances'], resources: this.stackSets })];
  }

  /** Copying an image of the account, layer by layer, into the repository of releases; of AWS's own images, seeing which it is. */
  public copyImages(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: ['ecr:BatchGetImage'], resources: [this.arns.anyImage] }),
      new PolicyStatement({ actions: ['ecr:GetDownloadUrlForLayer'], resources: this.arns.here('ecr', 'repository/*') }),
      new PolicyStatement({ actions: PUSH_IMAGES, resources: this.arns.here('ecr', `repository/${this.registry.releasesRepositoryName}`) }),
    ];
  }

  /** Reading released images. */
  public readReleasedImages(): PolicyStatement[] {
    return [new PolicyStatement({
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], resources: this.arns.here('ecr', `repository/${this.registry.releasesRepositoryName}`),
    })];
  }

  /** Running the steps of a delivery pipeline. */
  public deliver(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: FETCH_REPOSITORY, resources: this.arns.ofProjects('codecommit') }),
      new PolicyStatement({ actions: RUN_BUILDS, resources: this.arns.ofProjects('codebuild', '', 'project/') }),
    ];
  }

  /** Deploying endpoints with their stack sets. What they can do in a target is the administration role's to say, and this role hands on no other. */
  public deploy(): PolicyStatement[] {
    return [
      // CloudFormation knows no resource of a stack set that is yet to be, nor its account: the role that is passed is the limit.
      new PolicyStatement({ actions: ['cloudformation:CreateStackSet'], resources: ['*'] }),
      new PolicyStatement({ actions: OPERATE_STACK_SETS.filter((action) => !action.endsWith(':CreateStackSet')), resources: [...this.stackSets, ...this.arns.stackSetTargets, ...this.arns.resourceTypes] }),
      pass(this.registry.roleArn(EnvironmentRole.STACK_SET_ADMINISTRATOR), 'cloudformation'),
    ];
  }

  /** Telling approvers that they are waited for. */
  public notify(topicArns: string[]): PolicyStatement[] {
    return topicArns.length === 0 ? [] : [new PolicyStatement({ actions: ['sns:Publish'], resources: topicArns })];
  }

  /** Starting the delivery pipelines of projects. */
  public startDeliveries(): PolicyStatement[] {
    return [new PolicyStatement({ actions: ['codepipeline:StartPipelineExecution'], resources: this.arns.ofProjects('codepipeline') })];
  }

  /** Making and removing what the templates hold, by the names that they give, and nothing else. */
  public launch(passed: Record<string, string[]>): PolicyStatement[] {
    const { projectPrefix } = this.registry;
    return [
      new PolicyStatement({ actions: LAUNCH.repositories, resources: this.arns.ofProjects('codecommit') }),
      new PolicyStatement({ actions: LAUNCH_LISTS.repositories, resources: ['*'] }), // CloudFormation finds a repository by its id, which takes the list of all
      new PolicyStatement({ actions: LAUNCH.builds, resources: this.arns.ofProjects('codebuild', '', 'project/') }),
      new PolicyStatement({ actions: LAUNCH.pipelines, resources: this.arns.ofProjects('codepipeline') }),
      new PolicyStatement({ actions: LAUNCH.rules, resources: this.arns.ofProjects('events', '', 'rule/') }),
      // Rules start pipelines of projects, and send nothing to anybody's bus or queue.
      new PolicyStatement({
        actions: LAUNCH.targets,
        resources: this.arns.ofProjects('events', '', 'rule/'),
        conditions: { 'ForAllValues:ArnLike': { 'events:TargetArn': this.arns.ofProjects('codepipeline') }, 'Null': { 'events:TargetArn': 'false' } },
      }),
      new PolicyStatement({ actions: LAUNCH.modelPackageGroups, resources: this.arns.here('sagemaker', `model-package-group/${projectPrefix}*`) }),
      new PolicyStatement({ actions: LAUNCH.logGroups, resources: this.arns.buildLogs }),
      new PolicyStatement({ actions: LAUNCH_LISTS.logGroups, resources: ['*'] }), // names are listed for the account: it takes no narrower resource
      new PolicyStatement({ actions: ['ssm:GetParameters'], resources: this.arns.parameters }),
      ...Object.entries(passed).map(([service, roleArns]) => pass(roleArns, service)),
      ...this.stacks(),
    ];
  }

  /** The stacks that Service Catalog makes as this role. Those from templates in S3 are made by whoever launches them. */
  private stacks(): PolicyStatement[] {
    return [
      new PolicyStatement({ actions: LAUNCH.stacks, resources: this.arns.here('cloudformation', 'stack/SC-*') }),
      new PolicyStatement({ actions: LAUNCH_LISTS.templates, resources: ['*'] }), // of a template that is no stack yet
      // Service Catalog keeps templates in buckets of its own, whose names it does not tell, and marks what may be launched.
      new PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'], conditions: { StringEquals: { 's3:ExistingObjectTag/servicecatalog:provisioning': 'true' } } }),
    ];
  }

  private get stackSets(): string[] {
    return this.arns.here('cloudformation', `stackset/${this.registry.projectPrefix}*`);
  }
}

function pass(roleArns: string | string[], service: string): PolicyStatement {
  return new PolicyStatement({
    actions: ['iam:PassRole'], resources: [roleArns].flat(), conditions: { StringEquals: { 'iam:PassedToService': `${service}.amazonaws.com` } },
  });
}
