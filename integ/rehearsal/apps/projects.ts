import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { DataScienceEnvironment, DeploymentStage, Persona, ProjectBlueprint, TemplateDelivery } from '../../../src';

export interface ProjectsStackProps extends StackProps {
  /** When models are trained anew: another blueprint makes another version of the templates that train. */
  readonly retraining?: Schedule;
}

/** An environment with project templates of either delivery, whose models are deployed in the same account. */
export class ProjectsStack extends Stack {
  constructor(scope: Construct, id: string, props: ProjectsStackProps) {
    super(scope, id, props);
    const environment = new DataScienceEnvironment(this, 'Churn', {
      environmentName: 'churn',
      removalPolicy: RemovalPolicy.DESTROY,
      deploymentStages: [DeploymentStage.sameAccount('production')],
    });
    environment.addUser('alice', { persona: Persona.DATA_SCIENTIST });
    const train = ProjectBlueprint.buildTrain({ schedule: props.retraining });
    environment.addProjectTemplate('Train', { blueprint: train });
    environment.addProjectTemplate('Deploy', { blueprint: ProjectBlueprint.deploy() });
    environment.addProjectTemplate('TrainFromS3', { blueprint: train, delivery: TemplateDelivery.s3() });
  }
}
