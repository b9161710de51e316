import { CfnStackSet } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EnvironmentNames, TargetRole } from '../../names';

/** The accounts of a stage. Each kind of stage answers for its own. */
export abstract class StageAccounts {
  public readonly accountIds: string[] = [];
  public readonly organizationId?: string;
  public readonly organizationalUnitPaths: string[] = [];
  public readonly platformAccount?: string;
  /** Whether a stack set enters them by roles that somebody makes. */
  public readonly isSelfManaged: boolean = false;
  /** Where a stack set of targets is deployed. */
  public abstract readonly deploymentTargets: CfnStackSet.DeploymentTargetsProperty;

  constructor(protected readonly stageName: string) {}

  /** Those whose ids are known at synth. */
  public abstract known(names: EnvironmentNames): string[];

  /** What the program is told that lists them when a pipeline runs. */
  public settings(names: EnvironmentNames): Record<string, unknown> {
    return { accounts: this.known(names) };
  }

  /**
   * Assuming a role in each. Its trust says who comes in; the accounts are said here as well, so that no other account can call a
   * role so.
   *
   * @param atOnce how many accounts a statement names at most
   */
  public abstract enter(names: EnvironmentNames, role: TargetRole, atOnce?: number): PolicyStatement[];

  protected assume(names: EnvironmentNames, role: TargetRole, account: string, conditions = {}): PolicyStatement {
    return new PolicyStatement({ actions: ['sts:AssumeRole'], resources: [names.targetRoleArn(this.stageName, role, account)], conditions });
  }
}

/** The data-science account. */
export class SameAccount extends StageAccounts {
  public readonly deploymentTargets = {};

  public known({ account }: EnvironmentNames): string[] {
    return [account];
  }

  public enter(names: EnvironmentNames, role: TargetRole): PolicyStatement[] {
    return [this.assume(names, role, names.account)];
  }
}

/** A list of accounts. */
export class ListedAccounts extends StageAccounts {
  public readonly isSelfManaged = true;
  public readonly deploymentTargets: CfnStackSet.DeploymentTargetsProperty;

  constructor(stageName: string, public readonly accountIds: string[]) {
    super(stageName);
    this.deploymentTargets = { accounts: accountIds };
  }

  public known(): string[] {
    return this.accountIds;
  }

  public enter(names: EnvironmentNames, role: TargetRole, atOnce = this.accountIds.length): PolicyStatement[] {
    return Array.from({ length: Math.ceil(this.accountIds.length / atOnce) }, (_, index) => this.assume(names, role, '*', {
      StringEquals: { 'aws:ResourceAccount': this.accountIds.slice(index * atOnce, (index + 1) * atOnce) },
    }));
  }
}

/** Accounts of organizational units, now and later: policies name the units, whose number of accounts changes nothing. */
export class AccountsOfUnits extends StageAccounts {
  public readonly deploymentTargets: CfnStackSet.DeploymentTargetsProperty;

  constructor(
    stageName: string,
    public readonly organizationId: string,
    public readonly organizationalUnitPaths: string[],
    public readonly platformAccount?: string,
  ) {
    super(stageName);
    // The last part of a unit's path is its id.
    this.deploymentTargets = { organizationalUnitIds: organizationalUnitPaths.map((path) => path.replace(/\/$/, '').split('/').pop()!) };
  }

  public known(): string[] {
    return [];
  }

  public settings(names: EnvironmentNames): Record<string, unknown> {
    const { organizationId, organizationalUnitPaths, platformAccount } = this;
    return { organizationId, organizationalUnitPaths, listingRoleArn: platformAccount && names.listingRoleArn(this.stageName, platformAccount) };
  }

  public enter(names: EnvironmentNames, role: TargetRole): PolicyStatement[] {
    return [this.assume(names, role, '*', {
      'ForAnyValue:StringLike': { 'aws:ResourceOrgPaths': this.organizationalUnitPaths.map((path) => `${path}*`) },
    })];
  }
}
