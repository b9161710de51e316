import { IGrantable, IPrincipal, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { StatementCollector } from './private/statement-collector';
import { PackedPolicies } from '../private/packed-policies';
import { settingsOf } from '../private/role-settings';
import { EnvironmentRegistry, EnvironmentRole, EnvironmentRoleOptions } from '../registry';

/** Properties of a role of projects. */
export interface ProjectRoleProps {
  /** Names the role. */
  readonly registry: EnvironmentRegistry;
  /** Which role it is. */
  readonly environmentRole: EnvironmentRole;
  /** What the role is for. */
  readonly description: string;
  /** The services that work with the role. */
  readonly services: IPrincipal[];
  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/** A role that a service works with for projects: launches them, builds, delivers. */
export class ProjectRole extends Construct implements IGrantable {
  /** The role. */
  public readonly role: Role;
  /** ARN of the role. */
  public readonly roleArn: string;
  /** Collects what is granted to the role. */
  public readonly grantPrincipal: IPrincipal;

  constructor(scope: Construct, id: string, props: ProjectRoleProps) {
    super(scope, id);
    const { registry, environmentRole, description, services } = props;
    const settings = settingsOf(this, props.roleOptions, environmentRole, registry.rolePathOf(environmentRole));
    const [first, ...others] = services;
    this.role = new Role(this, 'Role', { roleName: registry.roleName(environmentRole), ...settings, description, assumedBy: first });
    for (const other of others) this.role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [other] }));
    this.roleArn = this.role.roleArn;
    const policies = new PackedPolicies(this, 'Policy', this.role, description, settings.path);
    this.grantPrincipal = new StatementCollector(this.role, (statement) => ({ statementAdded: true, policyDependable: policies.add(statement) }));
  }

  /** Adds statements to the role's permissions. */
  public addToPolicy(...statements: PolicyStatement[]): void {
    for (const statement of statements) this.grantPrincipal.addToPrincipalPolicy(statement);
  }
}
