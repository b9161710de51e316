import { IRole, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { describe } from './invalid-input';
import { policySize } from './policy-size';

/** What IAM takes, less some room for what only AWS can count. */
const LARGEST_POLICY = 5_900;

/** How many managed policies IAM attaches to a role, unless its quota was raised. */
export const MOST_POLICIES = 10;

/** Statements in groups that fit into a policy each, in their order. */
export function packed(scope: Construct, statements: PolicyStatement[]): PolicyStatement[][] {
  const groups: PolicyStatement[][] = [];
  for (const statement of statements) {
    const last = groups[groups.length - 1];
    if (last === undefined || policySize(scope, [...last, statement]) > LARGEST_POLICY) groups.push([statement]);
    else last.push(statement);
  }
  return groups;
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
  private readonly statements: PolicyStatement[][] = [];
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
    const value = this.statements.length + this.others;
    return value <= MOST_POLICIES ? [] : [describe({ ...limit, value, rule: `be at most ${MOST_POLICIES}, as many as IAM attaches to a role` })];
  }

  /** Adds a statement to the last policy, or to a new one where it does not fit. */
  public add(statement: PolicyStatement): ManagedPolicy {
    const last = this.statements[this.statements.length - 1];
    if (this.current === undefined || policySize(this.scope, [...last, statement]) > LARGEST_POLICY) return this.open(statement);
    last.push(statement);
    this.current.addStatements(statement);
    return this.current;
  }

  private open(statement: PolicyStatement): ManagedPolicy {
    this.statements.push([statement]);
    this.current = new ManagedPolicy(this.scope, `${this.id}${this.statements.length}`, {
      description: this.description, path: this.path, roles: [this.role], statements: [statement],
    });
    return this.current;
  }
}
