import { Conditions } from './conditions';
import { DeploymentStage, EnvironmentRegistry, EnvironmentRole, TargetRole } from '../../registry';

/**
 * The accounts of deployment stages as policy conditions. Organizational units are compared by path, so a policy has
 * the same size for one account and for ten thousand; account lists grow with their length.
 */
export class StageConditions {
  private readonly accounts: string[];
  private readonly unitPaths: string[];

  constructor(private readonly registry: EnvironmentRegistry, private readonly stages: DeploymentStage[]) {
    this.accounts = [...new Set(stages.flatMap((stage) => (stage.isSameAccount ? [registry.account] : stage.accountIds)))];
    this.unitPaths = [...new Set(stages.flatMap((stage) => stage.organizationalUnitPaths))].map((path) => `${path}*`);
  }

  /** The stages whose targets read the environment's releases: the others have copies of their own. */
  public get reading(): StageConditions {
    return new StageConditions(this.registry, this.stages.filter(({ promotion }) => !promotion.copiesModels));
  }

  /** The stages whose targets have copies of their own. */
  public get promoting(): StageConditions {
    return new StageConditions(this.registry, this.stages.filter(({ promotion }) => promotion.copiesModels));
  }

  /** The role of the environment that makes those copies, where there are any. */
  public get promoters(): EnvironmentRole[] {
    return this.stages.some(({ promotion }) => promotion.copiesModels) ? [EnvironmentRole.PROMOTION] : [];
  }

  public get names(): string[] {
    return this.stages.map(({ stageName }) => stageName);
  }

  /** Who belongs to a stage. A list and units are two conditions that cannot stand in one statement: each is an Allow of its own. */
  public get principals(): Conditions[] {
    return [
      ...(this.accounts.length > 0 ? [{ StringEquals: { 'aws:PrincipalAccount': this.accounts } }] : []),
      ...(this.unitPaths.length > 0 ? [{ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': this.unitPaths } }] : []),
    ];
  }

  /** Resources of the stages' accounts. */
  public get resources(): Conditions[] {
    return [
      ...(this.accounts.length > 0 ? [{ StringEquals: { 'aws:ResourceAccount': this.accounts } }] : []),
      ...(this.unitPaths.length > 0 ? [{ 'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': this.unitPaths } }] : []),
    ];
  }

  /** For a deny: the request came through no endpoint of a stage. `ForAllValues` also holds where there is no endpoint at all. */
  public get notThroughTheirEndpoints(): Conditions {
    return {
      ...(this.accounts.length > 0 ? { StringNotEquals: { 'aws:VpceAccount': this.accounts } } : {}),
      ...(this.unitPaths.length > 0 ? { 'ForAllValues:StringNotLike': { 'aws:VpceOrgPaths': this.unitPaths } } : {}),
    };
  }

  /** The model roles of the stages, whatever account they are in: exact names, so that no neighbour's role matches. */
  public get modelRoles(): string[] {
    return this.rolesOf(TargetRole.MODEL_EXECUTION);
  }

  /** What writes copies of released models in the stages' accounts, whatever account that is. */
  public get promotionRoles(): string[] {
    return this.rolesOf(TargetRole.PROMOTION);
  }

  private rolesOf(role: TargetRole): string[] {
    return this.stages.map(({ stageName }) => this.registry.targetRoleArn(stageName, role, '*'));
  }
}
