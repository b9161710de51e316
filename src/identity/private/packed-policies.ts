import { IRole, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { policySize } from '../../private/policy-size';

/** What IAM takes, less some room for what only AWS can count. */
const LARGEST_POLICY = 5_900;

/**
 * Managed policies of a role, opened one after the other as statements come: IAM limits the size of each. Managed and
 * attached from the policy's side, so that a policy may refer to what refers to the role.
 */
export class PackedPolicies {
  private readonly statements: PolicyStatement[][] = [];
  private current?: ManagedPolicy;

  constructor(
    private readonly scope: Construct,
    private readonly id: string,
    private readonly role: IRole,
    private readonly description: string,
    private readonly path?: string,
  ) {}

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
