import { EnvironmentNames, EnvironmentRole } from '../../names';
import { PROMOTERS } from '../../roles/cards';
import { isInTargets, TargetRoleCard } from '../../roles/targets/card';
import { COPIERS, MODEL_LOADERS, targetCardsUsing } from '../../roles/targets/cards';
import { MONITORING_ALARMS } from '../../roles/targets/monitoring-alarms';
import { DeploymentStage } from '../../stages';
import { Conditions } from '../conditions';

/**
 * The accounts of deployment stages as policy conditions. Organizational units are compared by path, so a policy has
 * the same size for one account and for ten thousand; account lists grow with their length.
 */
export class StageConditions {
  private readonly accounts: string[];
  private readonly unitPaths: string[];

  constructor(private readonly names: EnvironmentNames, private readonly stages: DeploymentStage[]) {
    this.accounts = [...new Set(stages.flatMap(({ _accounts }) => _accounts.known(names)))];
    this.unitPaths = [...new Set(stages.flatMap((stage) => stage.organizationalUnitPaths))].map((path) => `${path}*`);
  }

  /** The stages in which something reads the environment's releases. */
  public get reading(): StageConditions {
    return new StageConditions(this.names, this.stages.filter(({ _readsReleases }) => _readsReleases));
  }

  /** The stages whose targets have copies of their own. */
  public get promoting(): StageConditions {
    return new StageConditions(this.names, this.stages.filter(({ promotion }) => promotion.hasModelCopies));
  }

  /** The role of the environment that makes those copies, where there are any. */
  public get promoters(): EnvironmentRole[] {
    return this.promoting.stages.length > 0 ? PROMOTERS.map(({ role }) => role) : [];
  }

  public get stageNames(): string[] {
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

  /** Who reads what is released: what loads models, and monitors, which compare with the baselines. */
  public get releaseReaders(): string[] {
    return [...this.modelRoles, ...this.rolesOf(targetCardsUsing(({ bucket }) => bucket === 'releases'))];
  }

  /** Who reports alarms of monitors. */
  public get alarmReporters(): string[] {
    return this.rolesOf([MONITORING_ALARMS]);
  }

  /** The model roles that read releases, whatever account they are in: exact names, so that no neighbour's role matches. */
  public get modelRoles(): string[] {
    return this.rolesOf(MODEL_LOADERS, this.stages.filter(({ promotion }) => !promotion.hasModelCopies));
  }

  /** What writes copies of released models in the stages' accounts, whatever account that is. */
  public get promotionRoles(): string[] {
    return this.rolesOf(COPIERS);
  }

  private rolesOf(cards: TargetRoleCard[], stages = this.stages): string[] {
    return cards.flatMap((card) => stages.filter((stage) => isInTargets(card, stage)).map(({ stageName }) => this.names.targetRoleArn(stageName, card.role, '*')));
  }
}
