import { Tokenization } from 'aws-cdk-lib';
import { IRole, ManagedPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { describe } from './invalid-input';
import { EMPTY_POLICY_SIZE, policySize, sizeOfJson } from './policy-size';

/** What IAM takes, less some room for what only AWS can count. */
const LARGEST_POLICY = 5_900;

/** What is no more is rather written of each role than in a policy by itself, which takes a place of every role that has it. */
const SMALL_POLICY = 2_000;

/** How many managed policies IAM attaches to a role, unless its quota was raised. */
export const MOST_POLICIES = 10;

/** A statement, and what is asked of it again and again as long as nobody changes it. */
export interface WeighedStatement {
  readonly statement: PolicyStatement;
  /** What it says, as JSON. */
  readonly text: string;
  /** How many characters it has by itself. */
  readonly size: number;
  /**
   * Whether it has tokens that are no texts, which are possible in conditions: as JSON all of them look the same, so that
   * nobody can see whether two statements are, the CDK included.
   */
  readonly isOpaque: boolean;
}

/** Weighs a statement. */
export function weighed(scope: Construct, statement: PolicyStatement): WeighedStatement {
  const json = statement.toStatementJson() as object;
  return { statement, text: JSON.stringify(json), size: sizeOfJson(scope, json), isOpaque: hasTokens(json) };
}

function hasTokens(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Tokenization.isResolvable(value) || Object.values(value).some(hasTokens);
}

/** The statements of a policy. Each is weighed once, when it comes: to weigh all of them again and again takes longer than all else. */
export class PolicyGroup {
  public readonly statements: PolicyStatement[];
  private readonly texts: Set<string>;
  private readonly isOpaque: boolean;
  private size: number;

  constructor(private readonly scope: Construct, first: WeighedStatement) {
    this.statements = [first.statement];
    this.texts = new Set([first.text]);
    this.isOpaque = first.isOpaque;
    this.size = EMPTY_POLICY_SIZE + first.size;
  }

  /** Adds a statement if there is room for it, of which statements that are merged take less. An opaque one is alone: nothing is merged with it. */
  public takes(one: WeighedStatement): boolean {
    if (this.isOpaque || one.isOpaque) return false;
    const size = this.texts.has(one.text) ? this.size : this.sizeWith(one); // the CDK leaves out what is there already
    if (size > LARGEST_POLICY) return false;
    this.statements.push(one.statement);
    this.texts.add(one.text);
    this.size = size;
    return true;
  }

  /** Whether it is not worth a policy. */
  public get isSmall(): boolean {
    return this.size <= SMALL_POLICY;
  }

  private sizeWith({ statement, size }: WeighedStatement): number {
    const sum = this.size + ','.length + size;
    return sum > LARGEST_POLICY ? policySize(this.scope, [...this.statements, statement], true) : sum;
  }
}

/** Statements in groups that fit into a policy each, in their order. */
export function grouped(scope: Construct, statements: WeighedStatement[]): PolicyGroup[] {
  const groups: PolicyGroup[] = [];
  for (const statement of statements) {
    if (!groups[groups.length - 1]?.takes(statement)) groups.push(new PolicyGroup(scope, statement));
  }
  return groups;
}

/** The statements of such groups. */
export function packed(scope: Construct, statements: PolicyStatement[]): PolicyStatement[][] {
  return grouped(scope, statements.map((statement) => weighed(scope, statement))).map((group) => group.statements);
}

/** The same as documents, for the owner of a role that is not ours. */
export function packedDocuments(scope: Construct, statements: PolicyStatement[]): PolicyDocument[] {
  return packed(scope, statements).map((group) => documentOf(group.map((statement) => statement.copy())));
}

/** A document in which statements are merged that say the same of other actions or resources, whatever an app asks of its own. */
export function documentOf(statements: PolicyStatement[]): PolicyDocument {
  return new PolicyDocument({ minimize: true, statements });
}

/** What is said where a role has more policies than IAM attaches. */
export interface PolicyLimit {
  /** The property that has too much. */
  readonly property: string;
  /** How to come by with less. */
  readonly remedy?: string;
}

/**
 * Managed policies of a role, or of several that may do the same, opened one after the other as statements come: IAM limits the size
 * of each. Managed and attached from the policy's side, so that a policy may refer to what refers to the role.
 */
export class PackedPolicies {
  private readonly groups: PolicyGroup[] = [];
  private readonly attached: ManagedPolicy[] = [];
  private others = 0;
  private current?: ManagedPolicy;

  constructor(
    private readonly scope: Construct,
    private readonly id: string,
    private readonly roles: IRole | IRole[],
    private readonly description: string,
    private readonly path?: string,
    limit: PolicyLimit = { property: 'policies' },
    private readonly baseOfNames: () => string | undefined = () => undefined,
  ) {
    scope.node.addValidation({ validate: () => this.tooMany(limit) });
  }

  /** Counts policies that the role has from elsewhere. */
  public countAlso(others: number): void {
    this.others += others;
  }

  /** Counts policies of several roles, of which this is one. */
  public share(policies: readonly ManagedPolicy[]): void {
    this.countAlso(policies.length);
    this.attached.push(...policies);
  }

  /** Policies that are written of the role, and of others with it. */
  public get all(): readonly ManagedPolicy[] {
    return this.attached;
  }

  /** Whether the role would have more than IAM attaches with these besides. */
  public isFullWith(others: number): boolean {
    return this.groups.length + this.others + others > MOST_POLICIES;
  }

  /** Statements come until synthesis, and each takes room. */
  private tooMany(limit: PolicyLimit): string[] {
    const value = this.groups.length + this.others;
    return value <= MOST_POLICIES ? [] : [describe({ ...limit, value, rule: `be at most ${MOST_POLICIES}, as many as IAM attaches to a role` })];
  }

  /** Adds a statement to the last policy, or to a new one where it does not fit. */
  public add(statement: PolicyStatement): ManagedPolicy {
    const one = weighed(this.scope, statement);
    if (this.current === undefined || !this.groups[this.groups.length - 1].takes(one)) return this.open(new PolicyGroup(this.scope, one));
    this.current.addStatements(statement);
    return this.current;
  }

  /** Opens a policy for a group. */
  public open(group: PolicyGroup): ManagedPolicy {
    this.groups.push(group);
    const base = this.baseOfNames(), number = this.groups.length;
    this.current = new ManagedPolicy(this.scope, `${this.id}${number}`, {
      // A description is for ever, and a policy with a name cannot be replaced by one of the same name: such a policy has none.
      ...base === undefined ? { description: this.description } : { managedPolicyName: `${base}-${number}` },
      path: this.path,
      roles: [this.roles].flat(),
      document: documentOf(group.statements),
    });
    this.attached.push(this.current);
    return this.current;
  }
}
