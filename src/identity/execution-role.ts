import { AddToPrincipalPolicyResult, IGrantable, IPrincipal, IRole, ManagedPolicy, PolicyDocument, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct, DependencyGroup } from 'constructs';
import { sageMaker, sageMakerTrust } from './sagemaker-trust';
import { InputCheck } from '../private/input-check';
import { packedDocuments, PackedPolicies } from '../private/packed-policies';
import { RoleSettings, settingsOf } from '../private/role-settings';
import { EnvironmentRegistry, EnvironmentRole, EnvironmentRoleOptions } from '../registry';
import { StatementCollector } from './private/statement-collector';

/** Properties of an execution role. */
export interface ExecutionRoleProps {
  /** Names the role. */
  readonly registry: EnvironmentRegistry;

  /** Which role it is. */
  readonly environmentRole: EnvironmentRole;

  /** What the role is for. */
  readonly description: string;

  /**
   * A role that exists already. It is taken as it is: `requiredPolicies` and `requiredTrust` say what its owner must give
   * it.
   *
   * @default - a new role
   */
  readonly given?: IRole;

  /**
   * What your company asks of every role.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}

/** A role that SageMaker runs something with. */
export class ExecutionRole extends Construct implements IGrantable {
  /** The role. */
  public readonly role: IRole;
  /** ARN of the role. */
  public readonly roleArn: string;
  /** Whether the role was brought from outside, and so keeps the permissions that its owner gave it. */
  public readonly isGiven: boolean;
  /** Collects what is granted to the role. */
  public readonly grantPrincipal: IPrincipal;
  private readonly statements: PolicyStatement[] = [];
  private readonly policies?: PackedPolicies;

  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    super(scope, id);
    const { given, roleOptions } = props;
    new InputCheck(this).notBoth('given', given?.roleArn, 'roleOptions', given && roleOptions,
      'A role from outside stays as it is: its path and boundary are its owner\'s').throwIfInvalid();
    this.isGiven = given !== undefined;
    const settings = given ? {} : settingsOf(this, roleOptions, props.environmentRole, props.registry.rolePathOf(props.environmentRole));
    this.role = given ?? this.make(props, settings);
    this.roleArn = this.role.roleArn;
    this.policies = given ? undefined : new PackedPolicies(this, 'Policy', this.role, props.description, settings.path, {
      property: 'policies', remedy: 'Grant fewer and wider prefixes: one data source with a common prefix takes the room of one',
    });
    this.grantPrincipal = new StatementCollector(this.role, (statement) => this.collect(statement));
  }

  /** Adds statements to the role's permissions, or to what its owner must give it. */
  public addToPolicy(...statements: PolicyStatement[]): void {
    for (const statement of statements) this.grantPrincipal.addToPrincipalPolicy(statement);
  }

  /**
   * The permissions that the owner of a given role must give it; for a role of ours, the permissions that it has. Each
   * document fits into a managed policy.
   */
  public get requiredPolicies(): PolicyDocument[] {
    return packedDocuments(this, this.statements);
  }

  /** The trust policy that the owner of a given role must give it. */
  public get requiredTrust(): PolicyDocument {
    return new PolicyDocument({
      statements: [sageMakerTrust(this)],
    });
  }

  /** Counts policies that a role of ours has from elsewhere. @internal */
  public _countAlso(others: readonly ManagedPolicy[]): void {
    this.policies?.countAlso(others);
  }

  private make({ registry, environmentRole, description }: ExecutionRoleProps, settings: RoleSettings): Role {
    const role = new Role(this, 'Role', {
      roleName: registry.roleName(environmentRole),
      ...settings,
      description,
      assumedBy: sageMaker(this),
    });
    // Studio says for whom it runs something, and SageMaker hands that on to jobs.
    role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:SetSourceIdentity'], principals: [sageMaker(this)] }));
    return role;
  }

  private collect(statement: PolicyStatement): AddToPrincipalPolicyResult {
    this.statements.push(statement);
    const policy = this.policies?.add(statement);
    return { statementAdded: true, policyDependable: policy ?? new DependencyGroup() };
  }
}
