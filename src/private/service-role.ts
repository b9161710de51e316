import { IPrincipal, IRole, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { namedRole } from './named-role';
import { packedDocuments } from './packed-policies';
import { RequiredRole, sayRequired } from './required-role';
import { NamedRoleSettings } from './role-settings';

/** How a role is made, and for whom. */
export interface ServiceRoleSettings extends NamedRoleSettings {
  readonly description: string;
  readonly assumedBy: IPrincipal;
}

/** A role that a service assumes for the library itself, or one that exists already: its owner is told what it needs. */
export class ServiceRole implements RequiredRole {
  public readonly role: IRole;
  private readonly statements: PolicyStatement[] = [];

  constructor(private readonly scope: Construct, private readonly settings: ServiceRoleSettings) {
    const { existingRole, environmentRole, ...made } = settings;
    this.role = existingRole ?? namedRole(scope, 'Role', made);
    if (environmentRole !== undefined) sayRequired(scope, environmentRole, this, existingRole);
  }

  public get requiredTrust(): PolicyDocument {
    return new PolicyDocument({ statements: [new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [this.settings.assumedBy] })] });
  }

  public get requiredPolicies(): PolicyDocument[] {
    return packedDocuments(this.scope, this.statements);
  }

  /** Gives the role a policy, which is none where the role is another's. */
  public allow(scope: Construct, id: string, statements: PolicyStatement[], description = this.settings.description): ManagedPolicy | undefined {
    this.require(statements);
    const { existingRole, path } = this.settings;
    return existingRole ? undefined : new ManagedPolicy(scope, id, { description, path, roles: [this.role], statements });
  }

  /** Says what the role needs besides. */
  public require(statements: PolicyStatement[]): void {
    this.statements.push(...statements);
  }
}
