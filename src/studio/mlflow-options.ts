import { MlflowTrackingServerSize } from './mlflow-tracking-server-size';

/** Settings of experiment tracking with MLflow. */
export interface MlflowOptions {
  /**
   * Size of the tracking server, for which AWS charges by the hour while it runs.
   *
   * @default MlflowTrackingServerSize.SMALL
   * @see https://aws.amazon.com/sagemaker/ai/pricing/
   */
  readonly size?: MlflowTrackingServerSize;

  /**
   * Version of MLflow on the tracking server, such as `3.0`.
   *
   * SageMaker cannot change the version of a tracking server, so that a change fails at deployment: a new server would have no runs.
   *
   * @default - the newest version at the time of creation
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow.html#mlflow-create-tracking-server-versions
   */
  readonly version?: string;

  /**
   * Start of the weekly maintenance in UTC, such as `Tue:03:30`.
   *
   * @default - chosen by SageMaker
   */
  readonly weeklyMaintenanceWindowStart?: string;
}
