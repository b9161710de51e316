import { Duration, RemovalPolicy, Stack, StackProps, aws_iam as iam } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DataScienceEnvironment, HomeFileSystem, Persona } from '../../../src';

export interface EnvironmentStackProps extends StackProps {
  /** What becomes of data, keys and people's work. */
  readonly removalPolicy?: RemovalPolicy;
  readonly homeFileSystem?: HomeFileSystem;
  /** Whether every role has a path and a permissions boundary, as many companies want it. */
  readonly companyPolicy?: boolean;
  /** How long versions of objects are kept that a newer one has taken the place of. */
  readonly noncurrentVersionExpiration?: Duration;
  readonly users: string[];
}

/** The whole environment. */
export class EnvironmentStack extends Stack {
  constructor(scope: Construct, id: string, props: EnvironmentStackProps) {
    super(scope, id, props);
    const { removalPolicy, homeFileSystem } = props;
    const environment = new DataScienceEnvironment(this, 'Churn', {
      environmentName: 'churn',
      removalPolicy,
      studio: { homeFileSystem },
      storage: { noncurrentVersionExpiration: props.noncurrentVersionExpiration },
      roleOptions: props.companyPolicy ? { path: '/science/', permissionsBoundary: this.boundary() } : undefined,
    });
    for (const user of props.users) environment.addUser(user, { persona: Persona.DATA_SCIENTIST });
  }

  /** All but changing permissions: narrow enough to be one, and wide enough for what the environment does. */
  private boundary(): iam.ManagedPolicy {
    return new iam.ManagedPolicy(this, 'Boundary', {
      statements: [
        new iam.PolicyStatement({ actions: ['*'], resources: ['*'] }),
        new iam.PolicyStatement({ effect: iam.Effect.DENY, actions: ['iam:*Policy', 'iam:Create*'], resources: ['*'] }),
      ],
    });
  }
}
