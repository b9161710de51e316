import { Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DataScienceEnvironment, Persona, ProjectBlueprint } from '../../../src';

/** The one-line environment, with one person of each kind who works in Studio, and a template for their projects. */
export class QuickstartStack extends Stack {
  public readonly churn: DataScienceEnvironment;

  constructor(scope: Construct, id: string, props: StackProps = {}) {
    super(scope, id, { description: 'A secure data-science environment on Amazon SageMaker AI', ...props });
    this.churn = new DataScienceEnvironment(this, 'Churn', { environmentName: 'churn' });
    this.churn.addUser('alice', { persona: Persona.DATA_SCIENTIST });
    this.churn.addUser('bob', { persona: Persona.ML_ENGINEER });
    this.churn.addProjectTemplate('Train and register a model', { blueprint: ProjectBlueprint.buildTrain() });
  }
}
