import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DeploymentStage, IDataScienceEnvironment, ModelEndpointStackSet } from '../../../src';

/** Properties of the stack. */
export interface EndpointsStackProps extends StackProps {
  readonly environment: IDataScienceEnvironment;
  readonly stage: DeploymentStage;

  /**
   * Number of the released version.
   * @default 1
   */
  readonly version?: number;

  /**
   * The accounts, where the stage is no list of them.
   * @default - the accounts of the stage
   */
  readonly accounts?: string[];
}

/** A released model behind an endpoint in each account of a stage. */
export class EndpointsStack extends Stack {
  public readonly forecast: ModelEndpointStackSet;

  constructor(scope: Construct, id: string, { environment, stage, version = 1, accounts, ...props }: EndpointsStackProps) {
    super(scope, id, { description: 'Model endpoints of a secure data-science environment', ...props });
    const { names } = environment;
    this.forecast = new ModelEndpointStackSet(this, 'Forecast', {
      environment,
      stage,
      accounts,
      modelName: 'forecast',
      image: `${names.account}.dkr.ecr.${names.region}.amazonaws.com/${names.releasesRepositoryName}:forecast-1`,
      modelDataUrl: `s3://${names.releasesBucketName}/forecast/${version}/model.tar.gz`,
    });
  }
}
