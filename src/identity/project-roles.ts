import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { ManagedRole } from './managed-role';
import { EnvironmentNames, EnvironmentRole } from '../names';
import { acknowledge } from '../private/acknowledgements';
import { PROJECT_ROLES as ACKNOWLEDGEMENTS } from './private/project-role-acknowledgements';
import { ImageContext, passing, ProjectContext, RoleCard } from '../roles/card';
import { IMAGE_ROLES, isThere, PROJECT_ROLES } from '../roles/cards';
import { PROJECT_LAUNCH } from '../roles/project-launch';
import { Arns } from '../roles/statements/arns';
import { ImageSources } from '../roles/statements/container-statements';
import { DeploymentStage } from '../stages';

/** Properties of the roles that work for projects. */
export interface ProjectRolesProps {
  /** Names the roles, and what projects hold. */
  readonly names: EnvironmentNames;
  /** The subnets in which builds run. */
  readonly subnets: ISubnet[];
  /** ARN of the role that SageMaker pipelines orchestrate with. */
  readonly pipelineRoleArn: string;
  /** Where models are deployed. */
  readonly deploymentStages: DeploymentStage[];
}

/**
 * The roles that work for projects, split by who works: what builds does not deliver, what delivers does not build, and
 * what launches does neither. None of them approves.
 */
export class ProjectRoles extends Construct {
  private readonly made = new Map<EnvironmentRole, ManagedRole>();
  private readonly context: ProjectContext;
  private signsImages = false;

  constructor(scope: Construct, id: string, props: ProjectRolesProps) {
    super(scope, id);
    acknowledge(this, ACKNOWLEDGEMENTS);
    const { names, subnets, deploymentStages } = props;
    const cards: RoleCard<ProjectContext>[] = PROJECT_ROLES.filter((card) => isThere(card, deploymentStages));
    for (const card of cards) this.made.set(card.role, ManagedRole._of(this, { names, card }));
    const context = this.context = { scope: this, names, arns: new Arns(this, names), subnets, deploymentStages };
    const others = new Map([[EnvironmentRole.PIPELINE_EXECUTION, props.pipelineRoleArn]]);
    if (deploymentStages.length > 0) others.set(EnvironmentRole.STACK_SET_ADMINISTRATOR, names.roleArn(EnvironmentRole.STACK_SET_ADMINISTRATOR));
    const arnsOf = (roles: readonly EnvironmentRole[]) => roles.flatMap((role) => this.made.get(role)?.roleArn ?? others.get(role) ?? []);
    for (const card of cards) this.of(card.role).addToPolicy(...card.may(context), ...passing(card, arnsOf));
  }

  /** Makes and removes what project templates hold. */
  public get launch(): ManagedRole {
    return this.of(EnvironmentRole.PROJECT_LAUNCH);
  }

  /** What delivery pipelines run as. */
  public get codePipeline(): ManagedRole {
    return this.of(EnvironmentRole.CODE_PIPELINE);
  }

  /** Creates the roles that make container images, which an environment without such projects has no use for. @internal */
  public _enableImageBuilds(images: ImageSources, signingProfileArn?: string): ReadonlyMap<EnvironmentRole, ManagedRole> {
    const { names } = this.context, context: ImageContext = { ...this.context, images, signingProfileArn };
    this.signsImages = signingProfileArn !== undefined;
    const made = new Map(IMAGE_ROLES.map((card) => [card.role, ManagedRole._of(this, { names, card })]));
    for (const card of IMAGE_ROLES) made.get(card.role)!.addToPolicy(...card.may(context));
    this.launch.addToPolicy(...passing(PROJECT_LAUNCH, (roles) => roles.flatMap((role) => made.get(role)?.roleArn ?? [])));
    return made;
  }

  /** Whether released images of projects are signed. @internal */
  public get _signsImages(): boolean {
    return this.signsImages;
  }

  /** Every role that was made, by its card. @internal */
  public get _all(): ReadonlyMap<EnvironmentRole, ManagedRole> {
    return this.made;
  }

  private of(role: EnvironmentRole): ManagedRole {
    return this.made.get(role)!;
  }
}
