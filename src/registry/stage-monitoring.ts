import { ITopic } from 'aws-cdk-lib/aws-sns';
import { InputCheck } from '../private/input-check';
import { isInstanceType } from '../private/instance-families';

/** Options of how models of a stage are monitored. */
export interface StageMonitoringOptions {
  /**
   * Type of the instances that look at what endpoints have captured.
   *
   * @default 'ml.m5.large'
   */
  readonly instanceType?: string;

  /**
   * Topic, in the environment's account, that is told when a monitor of this stage raises an alarm, and when it ends.
   *
   * @default - nobody is told; the alarms are in the accounts of the stage
   */
  readonly notify?: ITopic;
}

/** How models of a stage are monitored: jobs in each account look at what its endpoints have captured, which never leaves it. */
export class StageMonitoring {
  /** Jobs on a schedule, which projects for monitoring set up. */
  public static jobs(options: StageMonitoringOptions = {}): StageMonitoring {
    return new StageMonitoring(options);
  }

  /** Type of the instances that look at what endpoints have captured. */
  public readonly instanceType: string;
  /** Topic that is told of alarms. */
  public readonly topic?: ITopic;

  private constructor({ instanceType, notify }: StageMonitoringOptions) {
    this.instanceType = instanceType ?? 'ml.m5.large';
    this.topic = notify;
    new InputCheck('StageMonitoring')
      .that('instanceType', this.instanceType, isInstanceType, 'be a type such as ml.m5.large')
      .done();
  }
}
