import { ITopic } from 'aws-cdk-lib/aws-sns';

/** Options of a manual approval. */
export interface ManualApprovalOptions {
  /**
   * SNS topic that is notified when an approval is pending.
   *
   * @default - no notification, and approvers look into the pipeline
   */
  readonly notificationTopic?: ITopic;
}

/** Approval of a model version for a stage. */
export class ModelApproval {
  /** No approval beyond that of the version in the SageMaker Model Registry. */
  public static automatic(): ModelApproval {
    return new ModelApproval(false);
  }

  /** Approval by a person in the pipeline, after the endpoint of the stage before has been tested. */
  public static manual(options: ManualApprovalOptions = {}): ModelApproval {
    return new ModelApproval(true, options.notificationTopic);
  }

  private constructor(
    /** True if a person approves. */
    public readonly isManual: boolean,
    /** SNS topic that is notified when an approval is pending. */
    public readonly notificationTopic?: ITopic,
  ) {}
}
