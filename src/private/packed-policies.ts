import { FeatureFlags } from 'aws-cdk-lib';
import { IRole, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IAM_MINIMIZE_POLICIES } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { describe } from './invalid-input';
import { EMPTY_POLICY_SIZE, policySize, statementSize } from './policy-size';

/** What IAM takes, less some room for what only AWS can count. */
const LARGEST_POLICY = 5_900;

/** How many managed policies IAM attaches to a role, unless its quota was raised. */
export const MOST_POLICIES = 10;

/** The statements of a policy. Each is weighed once, when it comes: to weigh all of them again and again takes longer than all else. */
class Group {
  private readonly weighed: WeighedStatement[];
  private size: number;

  constructor(private readonly scope: Construct, first: PolicyStatement) {
    this.weighed = [{ statement: first, size: statementSize(scope, first) }];
    this.size = EMPTY_POLICY_SIZE + this.weighed[0].size;
  }

  public get statements(): PolicyStatement[] {
    return this.weighed.map(({ statement }) => statement);
  }

  /** Adds a statement if there is room for it. */
  public takes(statement: PolicyStatement): boolean {
    const next = { statement, size: statementSize(this.scope, statement) };
    const sum = this.size + ','.length + next.size;
    const size = sum > LARGEST_POLICY ? this.sizeWith(next) : sum;
    if (size > LARGEST_POLICY) return false;
    this.weighed.push(next);
    this.size = size;
    return true;
  }

  /** The size of what the CDK writes: it leaves out what is there already, and merges others where an app wants it. */
  private sizeWith(next: WeighedStatement): number {
    if (FeatureFlags.of(this.scope).isEnabled(IAM_MINIMIZE_POLICIES) === true) return policySize(this.scope, [...this.statements, next.statement]);
    const distinct = new Map([...this.weighed, next].map(({ statement, size }) => [JSON.stringify(statement), size]));
    return [...distinct.values()].reduce((sum, size) => sum + ','.length + size, EMPTY_POLICY_SIZE - ','.length);
  }
}

interface WeighedStatement {
  readonly statement: PolicyStatement;
  readonly size: number;
}

/** Statements in groups that fit into a policy each, in their order. */
export function packed(scope: Construct, statements: PolicyStatement[]): PolicyStatement[][] {
  const groups: Group[] = [];
  for (const statement of statements) {
    if (!groups[groups.length - 1]?.takes(statement)) groups.push(new Group(scope, statement));
  }
  return groups.map((group) => group.statements);
}

/** The same as documents, for the owner of a role that is not ours. */
export function packedDocuments(scope: Construct, statements: PolicyStatement[]): PolicyDocument[] {
  return packed(scope, statements).map((group) => new PolicyDocument({ statements: group.map((statement) => statement.copy()) }));
}

/** What is said where a role has more policies than IAM attaches. */
export interface PolicyLimit {
  /** The property that has too much. */
  readonly property: string;
  /** How to come by with less. */
  readonly remedy?: string;
}

/**
 * Managed policies of a role, opened one after the other as statements come: IAM limits the size of each. Managed and
 * attached from the policy's side, so that a policy may refer to what refers to the role.
 */
export class PackedPolicies {
  private readonly groups: Group[] = [];
  private others = 0;
  private current?: ManagedPolicy;

  constructor(
    private readonly scope: Construct,
    private readonly id: string,
    private readonly role: IRole,
    private readonly description: string,
    private readonly path?: string,
    limit: PolicyLimit = { property: 'policies' },
  ) {
    scope.node.addValidation({ validate: () => this.tooMany(limit) });
  }

  /** Counts policies that the role has from elsewhere. */
  public countAlso(others: readonly ManagedPolicy[]): void {
    this.others += others.length;
  }

  /** Statements come until synthesis, and each takes room. */
  private tooMany(limit: PolicyLimit): string[] {
    const value = this.groups.length + this.others;
    return value <= MOST_POLICIES ? [] : [describe({ ...limit, value, rule: `be at most ${MOST_POLICIES}, as many as IAM attaches to a role` })];
  }

  /** Adds a statement to the last policy, or to a new one where it does not fit. */
  public add(statement: PolicyStatement): ManagedPolicy {
    if (this.current === undefined || !this.groups[this.groups.length - 1].takes(statement)) return this.open(statement);
    this.current.addStatements(statement);
    return this.current;
  }

  private open(statement: PolicyStatement): ManagedPolicy {
    this.groups.push(new Group(this.scope, statement));
    this.current = new ManagedPolicy(this.scope, `${this.id}${this.groups.length}`, {
      description: this.description, path: this.path, roles: [this.role], statements: [statement],
    });
    return this.current;
  }
}
