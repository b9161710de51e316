import { Stack } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IManagedPolicy, IPrincipal, ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EnvironmentRole } from '../../names';
import { namedRole } from '../../private/named-role';
import { PackedPolicies } from '../../private/packed-policies';
import { passing } from '../../roles/card';
import { rolesByName, ServiceTrust, trustServices } from '../../roles/service-trust';
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
}

/** The roles of a deployment target, as their cards say. */
export class TargetRoles {
  private readonly made = new Map<TargetRoleCard, Role>();

  constructor(private readonly parts: TargetParts) {}

  /** Makes a role, called as EnvironmentNames says, so that the environment knows it before it is there. */
  public make(parent: Construct, card: TargetRoleCard): Role {
    const { names, stage, permissionsBoundary } = this.parts, { description, hasNoPath } = card;
    const scope = new Construct(parent, card.id);
    const role = this.trusting(scope, card, (assumedBy) => namedRole(scope, 'Role', {
      roleName: names.targetRoleName(stage.stageName, card.role),
      path: hasNoPath ? undefined : names.rolePath,
      permissionsBoundary,
      description,
      assumedBy,
    }));
    this.made.set(card, role);
    this.allow(scope, card, role);
    return role;
  }

  /** Those that were made of which a card says something. */
  public which(says: (card: TargetRoleCard) => boolean | undefined): Role[] {
    return [...this.made].filter(([card]) => says(card)).map(([, role]) => role);
  }

  private allow(scope: Construct, card: TargetRoleCard, role: Role): void {
    const { names, stage } = this.parts, { account } = Stack.of(scope), { description, keys = [], buckets } = card, path = names.rolePath;
    const there = TARGET_CARDS.filter((one) => isInTargets(one, stage)).map((one) => one.role);
    const statements = [
      ...buckets.flatMap(({ allows }) => allows(this.parts)),
      ...card.may(this.parts),
      ...passing(card, (roles) => roles.filter((one) => there.includes(one)).map((one) => names.targetRoleArn(stage.stageName, one, account))),
      ...keys.flatMap(({ allows }) => allows(this.parts)),
    ];
    if (card.hasOnePolicy) {
      new ManagedPolicy(scope, 'Policy', { description, path, roles: [role], statements });
      return;
    }
    const policies = new PackedPolicies(scope, 'Policy', role, description, path);
    for (const statement of statements) policies.add(statement);
  }

  private trusting(scope: Construct, { assumedBy }: TargetRoleCard, make: (assumedBy: IPrincipal) => Role): Role {
    const { names, stage: { stageName, organizationId } } = this.parts;
    const roles = assumedBy.filter((one): one is EnvironmentRole => typeof one === 'string');
    if (roles.length > 0) return make(rolesByName(names.account, roles.map((role) => names.roleArn(role)), organizationId));
    const services = assumedBy.filter((one): one is ServiceTrust => typeof one !== 'string').map((trust) => ({
      ...trust,
      source: trust.source?.replace('<endpoints>', names.endpointPrefix(stageName)).replace('<schedules>', names.monitoringScheduleGroupName(stageName)),
    }));
    return trustServices(scope, names, services, make);
  }
}
