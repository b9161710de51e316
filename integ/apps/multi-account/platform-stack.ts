import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DeploymentStage, DeploymentTargetStackSet, IDataScienceEnvironment } from '../../../src';

/** Properties of the stack. */
export interface PlatformStackProps extends StackProps {
  readonly environment: IDataScienceEnvironment;
  readonly stage: DeploymentStage;

  /**
   * What becomes of the targets' keys and captured requests.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** Deployment targets in every account of the production unit, now and later. */
export class PlatformStack extends Stack {
  public readonly targets: DeploymentTargetStackSet;

  constructor(scope: Construct, id: string, { environment, stage, removalPolicy, ...props }: PlatformStackProps) {
    super(scope, id, { description: 'Deployment targets of a secure data-science environment', ...props });
    this.targets = new DeploymentTargetStackSet(this, 'ChurnProduction', {
      environment,
      stage,
      removalPolicy,
      serviceManaged: { retainStacksOnAccountRemoval: removalPolicy !== RemovalPolicy.DESTROY },
    });
  }
}
