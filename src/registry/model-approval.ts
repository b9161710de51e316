import { ITopic } from 'aws-cdk-lib/aws-sns';

/** Options of a manual approval. */
export interface ManualApprovalOptions {
  /**
   * Topic that is told when an approval is waited for.
   *
   * @default - nobody is told; approvers look into the pipeline
   */
  readonly notify?: ITopic;
}

/** Who lets a model version pass into a stage. */
export class ModelApproval {
  /** The version passes as soon as it is approved in the model registry. */
  public static automatic(): ModelApproval {
    return new ModelApproval(false);
  }

  /** A person says yes in the deployment pipeline, after the stage before has been tested. */
  public static manual(options: ManualApprovalOptions = {}): ModelApproval {
    return new ModelApproval(true, options.notify);
  }

  private constructor(
    /** Whether a person is asked. */
    public readonly isManual: boolean,
    /** Topic that is told when an approval is waited for. */
    public readonly topic?: ITopic,
  ) {}
}
