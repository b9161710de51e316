import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import {
  DataScienceEnvironment, DeploymentStage, DeploymentTargetStackSet, IDataScienceEnvironment, ModelEndpointStackSet,
  ProjectBlueprint,
} from '../../../src';

const SMALL = {
  endpointCapacity: { minInstanceCount: 1, maxInstanceCount: 1 },
  endpointTest: { requests: 2 },
};

/** Options of a small stage, whatever its accounts are. */
export function listed(name: string, options: Parameters<typeof DeploymentStage.accounts>[1]): DeploymentStage {
  return DeploymentStage.accounts(name, { ...SMALL, ...options });
}

/** A small stage of units that are directly below the root. */
export function inUnits(name: string, platformAccount: string, units: string[], options: Pick<Parameters<typeof DeploymentStage.accounts>[1], 'retiringAccounts' | 'retirement'>): DeploymentStage {
  const organizationalUnitPaths = units.map((unit) => `o-exampleorg/r-ab12/${unit}/`);
  return DeploymentStage.organizationalUnits(name, { ...SMALL, organizationId: 'o-exampleorg', organizationalUnitPaths, platformAccount, ...options });
}

/** An environment that deploys to some stages, and projects for it. */
export class StagesStack extends Stack {
  public readonly churn: DataScienceEnvironment;

  constructor(scope: Construct, id: string, props: StackProps & { deploymentStages: DeploymentStage[] }) {
    super(scope, id, props);
    this.churn = new DataScienceEnvironment(this, 'Churn', {
      environmentName: 'churn', deploymentStages: props.deploymentStages, removalPolicy: RemovalPolicy.DESTROY,
    });
    this.churn.addProjectTemplate('Train', { blueprint: ProjectBlueprint.buildTrain() });
    this.churn.addProjectTemplate('Deploy', { blueprint: ProjectBlueprint.deploy() });
  }
}

interface StagesProps extends StackProps {
  readonly environment: IDataScienceEnvironment;
  readonly deploymentStages: DeploymentStage[];
}

/** The targets of all stages, by a stack set each. */
export class TargetsStack extends Stack {
  /** Stage → file of the template by which an account of its list lets the stack set in. */
  public readonly waysIn: Record<string, string> = {};

  constructor(scope: Construct, id: string, props: StagesProps) {
    super(scope, id, props);
    const { environment, deploymentStages } = props;
    for (const stage of deploymentStages) {
      const targets = new DeploymentTargetStackSet(this, stage.pipelineStageName, { environment, stage, removalPolicy: RemovalPolicy.DESTROY });
      if (targets.executionRoleTemplate?.filePath) this.waysIn[stage.stageName] = targets.executionRoleTemplate.filePath;
    }
  }
}

/** A released model in the listed accounts of some stages, without a delivery pipeline. */
export class ModelsStack extends Stack {
  constructor(scope: Construct, id: string, props: StagesProps) {
    super(scope, id, props);
    const { environment: { names } } = props;
    for (const stage of props.deploymentStages) {
      new ModelEndpointStackSet(this, stage.pipelineStageName, {
        environment: props.environment,
        stage,
        modelName: 'forecast',
        image: `${names.account}.dkr.ecr.${names.region}.amazonaws.com/${names.releasesRepositoryName}:forecast-1`,
        modelDataUrl: `s3://${names.releasesBucketName}/forecast/1/model.tar.gz`,
      });
    }
  }
}
