import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { CrossAccountDeploymentTarget, DeploymentStage, IDataScienceEnvironment } from '../../../src';

/** Properties of the stack. */
export interface StagingStackProps extends StackProps {
  readonly environment: IDataScienceEnvironment;
  readonly stage: DeploymentStage;

  /**
   * What becomes of the targets' keys and captured requests.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** A deployment target, placed by hand. */
export class StagingStack extends Stack {
  public readonly target: CrossAccountDeploymentTarget;

  constructor(scope: Construct, id: string, { environment, stage, removalPolicy, ...props }: StagingStackProps) {
    super(scope, id, { description: 'A deployment target of a secure data-science environment', ...props });
    this.target = new CrossAccountDeploymentTarget(this, 'ChurnStaging', { environment, stage, removalPolicy });
  }
}
