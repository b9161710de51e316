/**
 * Size of an MLflow tracking server.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow.html#mlflow-create-tracking-server-sizes
 */
export enum MlflowTrackingServerSize {
  /** For teams of up to 25 users. */
  SMALL = 'Small',
  /** For teams of up to 50 users. */
  MEDIUM = 'Medium',
  /** For teams of up to 100 users. */
  LARGE = 'Large',
}
