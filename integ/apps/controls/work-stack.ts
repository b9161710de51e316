import { RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { DataScienceEnvironment, Persona } from '../../../src';

/** Properties of the stack. */
export interface WorkStackProps extends StackProps {
  /**
   * What becomes of data and keys.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The environment that the controls are about, with a data scientist beside its administrators. */
export class WorkStack extends Stack {
  public readonly churn: DataScienceEnvironment;

  constructor(scope: Construct, id: string, { removalPolicy, ...props }: WorkStackProps) {
    super(scope, id, { description: 'A secure data-science environment that is watched', ...props });
    this.churn = new DataScienceEnvironment(this, 'Churn', { environmentName: 'churn', removalPolicy });
    this.churn.addUser('alice', { persona: Persona.DATA_SCIENTIST });
  }
}
