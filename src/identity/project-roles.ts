import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../private/acknowledgements';
import { codeBuild, codePipeline, eventRules, projectStacks, serviceCatalog } from './private/project-services';
import { ProjectStatements } from './private/project-statements';
import { ProjectRole } from './project-role';
import { EnvironmentRegistry, EnvironmentRole, EnvironmentRoleOptions } from '../registry';
import { DeploymentStage } from '../stages';
import { PROJECT_ROLES } from './private/project-role-acknowledgements';

/** Properties of the roles that work for projects. */
export interface ProjectRolesProps {
  /** Names the roles, and what projects hold. */
  readonly registry: EnvironmentRegistry;
  /** The subnets in which builds run. */
  readonly subnets: ISubnet[];
  /** ARN of the role that SageMaker pipelines orchestrate with. */
  readonly pipelineRoleArn: string;
  /** Where models are deployed. */
  readonly deploymentStages: DeploymentStage[];
  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/**
 * The roles that work for projects, split by who works: what builds does not deliver, what delivers does not build, and
 * what launches does neither. None of them approves.
 */
export class ProjectRoles extends Construct {
  /** Makes and removes what project templates hold. */
  public readonly launch: ProjectRole;
  /** What builds run as, and so the code in people's repositories. */
  public readonly codeBuild: ProjectRole;
  /**
   * Lists the accounts that a model is deployed to: runs a program of the library's, never code of a repository. It works
   * outside of the VPC, because AWS Organizations is reached in one region only.
   */
  public readonly accounts: ProjectRole;
  /** What delivery pipelines run as. */
  public readonly codePipeline: ProjectRole;
  /** What starts delivery pipelines when something happens. */
  public readonly events: ProjectRole;
  /** Copies approved versions: runs a program of the library's, never code of a repository. */
  public readonly release: ProjectRole;
  /** Copies released versions to the targets of stages that have copies of their own: runs a program of the library's, never code of a repository. */
  public readonly promotion?: ProjectRole;

  constructor(scope: Construct, id: string, props: ProjectRolesProps) {
    super(scope, id);
    acknowledge(this, PROJECT_ROLES);
    const { registry, roleOptions, subnets, deploymentStages } = props;
    const { projectPrefix } = registry;
    const may = new ProjectStatements(this, registry);
    const make = (name: string, environmentRole: EnvironmentRole, description: string, ...services: IPrincipal[]) =>
      new ProjectRole(this, name, { registry, environmentRole, description, services, roleOptions });

    this.codeBuild = make('CodeBuild', EnvironmentRole.CODE_BUILD, 'What builds of projects run as', codeBuild(this, `${projectPrefix}*`));
    this.codeBuild.addToPolicy(
      ...may.build(subnets), ...may.train(props.pipelineRoleArn), ...may.readVersions(),
      ...may.testEndpoints(deploymentStages),
    );

    this.accounts = make('Accounts', EnvironmentRole.DEPLOYMENT_ACCOUNTS, 'Lists the accounts that models are deployed to', codeBuild(this, `${projectPrefix}*-accounts`));
    // A target whose role for tests lets us in is a target that has registered.
    this.accounts.addToPolicy(may.log(), ...may.listAccounts(deploymentStages), ...may.testEndpoints(deploymentStages), ...may.followStackSets());

    this.release = make('Release', EnvironmentRole.RELEASE, 'Copies approved model versions', codeBuild(this, `${projectPrefix}*-release`));
    this.release.addToPolicy(...may.build(subnets), ...may.readVersions(), ...may.copyImages());

    const promoting = deploymentStages.filter(({ promotion }) => promotion.copiesModels);
    if (promoting.length > 0) {
      this.promotion = make('Promotion', EnvironmentRole.PROMOTION, 'Copies released models to deployment targets', codeBuild(this, `${projectPrefix}*-promotion`));
      this.promotion.addToPolicy(...may.build(subnets), ...may.readReleasedImages(), ...may.promote(promoting));
    }

    this.codePipeline = make('CodePipeline', EnvironmentRole.CODE_PIPELINE, 'What delivery pipelines of projects run as', codePipeline(this));
    this.codePipeline.addToPolicy(...may.deliver(), ...may.notify(topicArnsOf(deploymentStages)));
    if (deploymentStages.length > 0) this.codePipeline.addToPolicy(...may.deploy());

    this.events = make('Events', EnvironmentRole.EVENTS, 'Starts delivery pipelines of projects', eventRules(this, `${projectPrefix}*`));
    this.events.addToPolicy(...may.startDeliveries());

    this.launch = make('Launch', EnvironmentRole.PROJECT_LAUNCH, 'Launches projects', serviceCatalog(this), projectStacks(this));
    this.launch.addToPolicy(...may.launch({
      codebuild: [this.codeBuild, this.accounts, this.release, ...this.promotion ? [this.promotion] : []].map(({ roleArn }) => roleArn),
      codepipeline: [this.codePipeline.roleArn],
      events: [this.events.roleArn],
    }));
  }
}

function topicArnsOf(stages: DeploymentStage[]): string[] {
  return [...new Set(stages.flatMap(({ approval }) => approval.topic?.topicArn ?? []))];
}
