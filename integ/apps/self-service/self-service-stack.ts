import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { AccountRootPrincipal, Effect, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { TeamEnvironment, TeamEnvironmentProps } from './team-environment';
import { EnvironmentProduct, EnvironmentProductVersion } from '../../../src';

/** Properties of the stack. */
export interface SelfServiceStackProps extends StackProps {
  /**
   * How many versions there are.
   * @default 2
   */
  readonly versions?: number;

  /**
   * What becomes of the data and keys of environments.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Environments that administrators launch from a form. */
export class SelfServiceStack extends Stack {
  public readonly environments: EnvironmentProduct;
  /** Who fills in the form, and has no permissions on what is made. */
  public readonly administrators: Role;

  constructor(scope: Construct, id: string, { versions = 2, removalPolicy, ...props }: SelfServiceStackProps = {}) {
    super(scope, id, { description: 'Secure data-science environments from a form', ...props });
    this.administrators = new Role(this, 'Administrators', { assumedBy: new AccountRootPrincipal(), description: 'Launches data-science environments' });
    this.environments = new EnvironmentProduct(this, 'Environments', {
      productName: 'Data science environment',
      owner: 'Platform team',
      description: 'A secure environment on Amazon SageMaker AI for a team',
      versions: [this.first, this.second].slice(0, versions).map((make) => make.call(this, { boundaryName: `data-science-teams-${this.region}`, removalPolicy })),
      environmentBoundary: this.boundary(),
    });
    this.environments.grantLaunch(this.administrators);
  }

  private first(props: TeamEnvironmentProps): EnvironmentProductVersion {
    return { name: '1.0', template: new TeamEnvironment(this, 'Version1', props) };
  }

  private second(props: TeamEnvironmentProps): EnvironmentProductVersion {
    return { name: '2.0', description: 'Experiments with MLflow', template: new TeamEnvironment(this, 'Version2', { ...props, mlflow: {} }) };
  }

  /** What no role of an environment may exceed. Templates name it, so that its name is the same everywhere. */
  private boundary(): ManagedPolicy {
    return new ManagedPolicy(this, 'Boundary', {
      managedPolicyName: `data-science-teams-${this.region}`,
      description: 'Roles of teams do their work, and give nobody permissions',
      statements: [
        new PolicyStatement({ actions: ['*'], resources: ['*'] }),
        new PolicyStatement({
          effect: Effect.DENY,
          actions: ['iam:Create*Policy*', 'iam:CreateRole', 'iam:CreateUser', 'iam:CreateAccessKey', 'iam:Attach*', 'iam:Put*', 'iam:UpdateAssumeRolePolicy', 'organizations:*', 'account:*'],
          resources: ['*'],
        }),
      ],
    });
  }
}
