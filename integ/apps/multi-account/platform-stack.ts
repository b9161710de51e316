import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DeploymentStage, DeploymentTargetStackSet, IDataScienceEnvironment } from '../../../src';

/** Properties of the stack. */
export interface PlatformStackProps extends StackProps {
  readonly environment: IDataScienceEnvironment;
  readonly stage: DeploymentStage;
}

/** Deployment targets in every account of the production unit, now and later. */
export class PlatformStack extends Stack {
  public readonly targets: DeploymentTargetStackSet;

  constructor(scope: Construct, id: string, { environment, stage, ...props }: PlatformStackProps) {
    super(scope, id, { description: 'Deployment targets of a secure data-science environment', ...props });
    this.targets = new DeploymentTargetStackSet(this, 'ChurnProduction', { environment, stage });
  }
}
