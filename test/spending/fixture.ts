import { App, Stack } from 'aws-cdk-lib';
import { ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { DataScienceEnvironment, DataScienceEnvironmentProps, SpendingControls, SpendingControlsProps, SpendingLimit } from '../../src';

export const ACCOUNT = '111111111111', REGION = 'eu-west-1';

/** An environment, and the stack of who watches its spending. */
export class Things {
  readonly app = new App({ context: { '@aws-cdk/core:enablePartitionLiterals': true } });
  readonly team = new Stack(this.app, 'Team', { env: { account: ACCOUNT, region: REGION } });
  readonly stack = new Stack(this.app, 'Finance', { env: { account: ACCOUNT, region: REGION } });
  readonly topic: ITopic = Topic.fromTopicArn(this.stack, 'Topic', `arn:aws:sns:${REGION}:${ACCOUNT}:finance`);
  readonly environment: DataScienceEnvironment;

  constructor(props: Partial<DataScienceEnvironmentProps> = {}) {
    this.environment = new DataScienceEnvironment(this.team, 'Churn', { environmentName: 'churn', ...props });
  }

  controls(props: Partial<SpendingControlsProps> = {}): SpendingControls {
    return new SpendingControls(this.stack, 'Controls', { environment: this.environment, topic: this.topic, limit: SpendingLimit.usdPerMonth(500), ...props });
  }
}
