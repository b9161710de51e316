import { Annotations, AspectPriority, Aspects, IAspect } from 'aws-cdk-lib';
import { IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct, DependencyGroup, IConstruct } from 'constructs';
import { EnvironmentRole } from '../../names';
import { grouped, MOST_POLICIES, PackedPolicies, PolicyGroup, weighed, WeighedStatement } from '../../private/packed-policies';
import { SHARED_PERMISSIONS, SharedPermissions } from '../../roles/shared-permissions';

/** A role, and what it may do. */
export interface PermittedRole {
  readonly kind: EnvironmentRole;
  readonly role: IRole;
  readonly path: string;
  /** The role's own policies. */
  readonly policies: PackedPolicies;
  /** What names of policies begin with, where somebody knows them by their names. */
  readonly baseOfNames: () => string | undefined;
}

interface Permission {
  readonly statement: PolicyStatement;
  /** Becomes the policy that holds the statement. */
  readonly policy: DependencyGroup;
}

/** A permission whose statement is complete. */
type WeighedPermission = Permission & WeighedStatement;

/** Permissions that are the same, by what they say, or an opaque one by itself. */
type Permissions = Map<string | Permission, WeighedPermission[]>;

interface Member extends PermittedRole {
  readonly scope: Construct;
  /** What was added, which whoever added it may still change until it is written. */
  readonly added: Permission[];
  permissions: Permissions;
}

/** Policies that several roles have. */
interface Shared {
  readonly permissions: SharedPermissions;
  readonly members: Member[];
  readonly held: Permissions;
  readonly groups: PolicyGroup[];
}

/**
 * Policies of the roles of a construct. Grants come until an app is complete: then it is known what roles have in common, which is
 * written once, and each role's own.
 */
export class RolePolicies implements IAspect {
  /** Of the roles beside one another in a construct. */
  public static of(scope: Construct): RolePolicies {
    const known = OF_CONSTRUCTS.get(scope) ?? new RolePolicies(scope);
    OF_CONSTRUCTS.set(scope, known);
    return known;
  }

  private readonly members = new Map<Construct, Member>();
  private isWritten = false;

  private constructor(private readonly scope: Construct) {
    Aspects.of(scope).add(this, { priority: AspectPriority.MUTATING });
  }

  /** Adds a role. */
  public join(scope: Construct, role: PermittedRole): void {
    this.members.set(scope, { ...role, scope, added: [], permissions: new Map() });
  }

  /** Adds a statement, and returns what becomes the policy that holds it. */
  public add(scope: Construct, statement: PolicyStatement): DependencyGroup {
    const { added, policies } = this.members.get(scope)!;
    const policy = new DependencyGroup();
    if (this.isWritten) policy.add(policies.add(statement)); // by another aspect
    else added.push({ statement, policy });
    return policy;
  }

  public visit(node: IConstruct): void {
    if (node !== this.scope || this.isWritten) return;
    this.isWritten = true;
    this.writeAll();
    for (const member of this.members.values()) Object.assign(member, { added: [], permissions: new Map() }); // an app has many environments
  }

  private writeAll(): void {
    for (const member of this.members.values()) member.permissions = alike(member);
    const before = [...this.members.values()].map((member) => [member, member.permissions] as const);
    const shared = this.shareable.flatMap(([permissions, members]) => this.takeShared(permissions, members));
    const own = new Map([...this.members.values()].map((member) => [member, groupsOf(member.scope, member.permissions)]));
    const full = [...own].filter(([member, groups]) => !fits(member, groups, shared)).map(([{ kind }]) => kind);
    if (full.length === 0) {
      for (const one of shared) this.writeShared(one);
      for (const [member, groups] of own) write(member.policies, groups, member.permissions);
      return;
    }
    // What is shared fills policies less well than what one role has.
    Annotations.of(this.scope).addWarningV2('cdk-secure-mlops:rolesShareNoPolicies', notShared(full));
    for (const [member, permissions] of before) {
      write(member.policies, groupsOf(member.scope, permissions), permissions);
    }
  }

  /** Roles that are there, of those that are named together; by the last name where several are of the same. */
  private get shareable(): [SharedPermissions, Member[]][] {
    const all = SHARED_PERMISSIONS.map((permissions): [SharedPermissions, Member[]] => (
      [permissions, [...this.members.values()].filter(({ kind }) => permissions.roles.includes(kind))]
    ));
    const isSame = (one: Member[], other: Member[]) => one.length === other.length && one.every((member) => other.includes(member));
    return all.filter(([, members], index) => !all.slice(index + 1).some(([, others]) => isSame(members, others)));
  }

  /** Takes from roles what all of them hold. */
  private takeShared(permissions: SharedPermissions, members: Member[]): Shared[] {
    const [first, ...others] = members;
    if (others.length === 0 || others.some(({ path }) => path !== first.path)) return [];
    const held: Permissions = new Map([...first.permissions.keys()].filter((key) => others.every((other) => other.permissions.has(key)))
      .map((key) => [key, members.flatMap((member) => member.permissions.get(key)!)]));
    if (held.size === 0) return [];
    const groups = groupsOf(this.scope, held);
    if (groups.length > 1 && groups[groups.length - 1].isSmall) leave(held, groups.pop()!);
    for (const member of members) member.permissions = new Map([...member.permissions].filter(([key]) => !held.has(key)));
    return [{ permissions, members, held, groups }];
  }

  private writeShared({ permissions: { id, description }, members, held, groups }: Shared): void {
    const policies = new PackedPolicies(new Construct(this.scope, id), 'Policy', members.map(({ role }) => role), description, members[0].path, undefined, () => {
      const [base] = members.flatMap(({ baseOfNames }) => baseOfNames() ?? []);
      return base === undefined ? undefined : `${base}-${id.toLowerCase()}`;
    });
    write(policies, groups, held);
    for (const member of members) member.policies.share(policies.all);
  }
}

const OF_CONSTRUCTS = new WeakMap<IConstruct, RolePolicies>();

function notShared(full: EnvironmentRole[]): string {
  return `Each role has a copy of what roles have in common, because policies of several roles would be more than ${MOST_POLICIES} of ${full.join(', ')}, `
    + 'as many as IAM attaches to a role. CloudFormation attaches new policies before it detaches old ones: an update that begins or ends this '
    + 'fails where a role has more in the meantime. Have the quota of managed policies per role raised before it, or grant fewer and wider prefixes.';
}

function alike({ scope, added }: Member): Permissions {
  const permissions: Permissions = new Map();
  for (const permission of added) {
    const one = { ...permission, ...weighed(scope, permission.statement) };
    const key = one.isOpaque ? permission : one.text;
    permissions.set(key, [...permissions.get(key) ?? [], one]);
  }
  return permissions;
}

function groupsOf(scope: Construct, permissions: Permissions): PolicyGroup[] {
  return grouped(scope, [...permissions.values()].map(([first]) => first));
}

/** Leaves to roles what a group holds. */
function leave(held: Permissions, group: PolicyGroup): void {
  for (const [key, [{ statement }]] of held) {
    if (group.statements.includes(statement)) held.delete(key);
  }
}

function fits(member: Member, own: PolicyGroup[], shared: Shared[]): boolean {
  const others = shared.filter(({ members }) => members.includes(member)).reduce((sum, { groups }) => sum + groups.length, 0);
  return !member.policies.isFullWith(own.length + others);
}

function write(policies: PackedPolicies, groups: PolicyGroup[], permissions: Permissions): void {
  const holders = new Map<PolicyStatement, ManagedPolicy>();
  for (const group of groups) {
    const policy = policies.open(group);
    for (const statement of group.statements) holders.set(statement, policy);
  }
  for (const same of permissions.values()) {
    for (const { statement, policy } of same) {
      policy.add(holders.get(same[0].statement)!);
      statement.freeze(); // one is written in the place of all
    }
  }
}
