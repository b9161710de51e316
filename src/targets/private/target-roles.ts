import { Stack } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IManagedPolicy, IPrincipal, IRole, ManagedPolicy, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentRole, TargetRole } from '../../names';
import { namedRole } from '../../private/named-role';
import { packedDocuments, PackedPolicies } from '../../private/packed-policies';
import { RequiredRole, sayToPreflight } from '../../private/required-role';
import { passing } from '../../roles/card';
import { rolesByName, serviceStatement, ServiceTrust, trustServices } from '../../roles/service-trust';
import { isInTargets, TargetRoleCard } from '../../roles/targets/card';
import { TARGET_CARDS } from '../../roles/targets/cards';
import { TargetContext } from '../../roles/targets/context';

/** What a deployment target is made of, of which its roles are told. */
export interface TargetParts extends TargetContext {
  readonly subnets: ISubnet[];
  readonly securityGroups: ISecurityGroup[];
  /** Accounts whose images stay where they are. */
  readonly imageAccounts?: string[];
  readonly permissionsBoundary?: IManagedPolicy;
  /** Those that exist already. */
  readonly existingRoles?: TargetRole[];
}

/** A role of a target, made or given, with what it needs. */
class RoleOfTarget implements RequiredRole {
  constructor(
    private readonly scope: Construct,
    public readonly role: IRole,
    public readonly isGiven: boolean,
    public readonly statements: PolicyStatement[],
    private readonly trust: () => PolicyStatement[],
  ) {}

  public get requiredTrust(): PolicyDocument {
    return new PolicyDocument({ statements: this.trust() });
  }

  public get requiredPolicies(): PolicyDocument[] {
    return packedDocuments(this.scope, this.statements);
  }
}

/** What a card may say of its role. */
type Says = (card: TargetRoleCard) => boolean | undefined;

/** The roles of a deployment target, as their cards say. */
export class TargetRoles {
  private readonly all = new Map<TargetRoleCard, RoleOfTarget>();

  constructor(private readonly parts: TargetParts) {}

  /** Makes a role, called as EnvironmentNames says, so that the environment knows it before it is there; or takes the one that is called so. */
  public make(parent: Construct, card: TargetRoleCard): IRole {
    const scope = new Construct(parent, card.id), isGiven = this.parts.existingRoles?.includes(card.role) ?? false;
    const statements = this.statementsOf(scope, card);
    const role = isGiven ? this.take(scope, card) : this.create(scope, card, statements);
    const made = new RoleOfTarget(scope, role, isGiven, [...statements], () => this.trustOf(scope, card));
    this.all.set(card, made);
    if (isGiven) sayToPreflight(scope, role, made);
    return role;
  }

  /** Those that were made of which a card says something, and so those to which policies are attached. */
  public made(says: Says): IRole[] {
    return [...this.all].filter(([card, { isGiven }]) => says(card) && !isGiven).map(([, { role }]) => role);
  }

  /** Says what those need besides of which a card says something. */
  public require(says: Says, statements: PolicyStatement[]): void {
    for (const [card, { statements: needed }] of this.all) if (says(card)) needed.push(...statements);
  }

  /** What a role needs, whoever makes it. */
  public required(role: TargetRole): RequiredRole | undefined {
    return [...this.all].find(([card]) => card.role === role)?.[1];
  }

  private take(scope: Construct, { role }: TargetRoleCard): IRole {
    const { names, stage } = this.parts;
    return Role.fromRoleArn(scope, 'Role', names.targetRoleArn(stage.stageName, role, Stack.of(scope).account), { mutable: false });
  }

  private create(scope: Construct, card: TargetRoleCard, statements: PolicyStatement[]): Role {
    const { names, stage, permissionsBoundary } = this.parts, { description, hasNoPath } = card, path = names.rolePath;
    const role = this.trusting(scope, card, (assumedBy) => namedRole(scope, 'Role', {
      roleName: names.targetRoleName(stage.stageName, card.role),
      path: hasNoPath ? undefined : path,
      permissionsBoundary,
      description,
      assumedBy,
    }));
    if (card.hasOnePolicy) {
      new ManagedPolicy(scope, 'Policy', { description, path, roles: [role], statements });
    } else {
      const policies = new PackedPolicies(scope, 'Policy', role, description, path);
      for (const statement of statements) policies.add(statement);
    }
    return role;
  }

  private statementsOf(scope: Construct, card: TargetRoleCard): PolicyStatement[] {
    const { names, stage } = this.parts, { account } = Stack.of(scope), { keys = [], buckets } = card;
    const there = TARGET_CARDS.filter((one) => isInTargets(one, stage)).map((one) => one.role);
    return [
      ...buckets.flatMap(({ allows }) => allows(this.parts)),
      ...card.may(this.parts),
      ...passing(card, (roles) => roles.filter((one) => there.includes(one)).map((one) => names.targetRoleArn(stage.stageName, one, account))),
      ...keys.flatMap(({ allows }) => allows(this.parts)),
    ];
  }

  private trusting(scope: Construct, card: TargetRoleCard, make: (assumedBy: IPrincipal) => Role): Role {
    const roles = this.rolesThatAssume(card);
    return roles ? make(roles) : trustServices(scope, this.parts.names, this.servicesThatAssume(card), make);
  }

  private trustOf(scope: Construct, card: TargetRoleCard): PolicyStatement[] {
    const roles = this.rolesThatAssume(card);
    return roles ? [new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [roles] })]
      : this.servicesThatAssume(card).map((trust) => serviceStatement(scope, this.parts.names, trust));
  }

  /** Roles of the environment, where it is they who assume the role. */
  private rolesThatAssume({ assumedBy }: TargetRoleCard): IPrincipal | undefined {
    const { names, stage: { organizationId } } = this.parts;
    const roles = assumedBy.filter((one): one is EnvironmentRole => typeof one === 'string');
    return roles.length > 0 ? rolesByName(names.account, roles.map((role) => names.roleArn(role)), organizationId) : undefined;
  }

  private servicesThatAssume({ assumedBy }: TargetRoleCard): ServiceTrust[] {
    const { names, stage: { stageName } } = this.parts;
    return assumedBy.filter((one): one is ServiceTrust => typeof one !== 'string').map((trust) => ({
      ...trust,
      source: trust.source?.replace('<endpoints>', names.endpointPrefix(stageName)).replace('<schedules>', names.monitoringScheduleGroupName(stageName)),
    }));
  }
}
