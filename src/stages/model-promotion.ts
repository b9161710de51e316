import { TargetKeyPurpose } from '../names';

/** Origin of the models that endpoints of a stage load. */
export class ModelPromotion {
  /**
   * Models are loaded from the environment's releases bucket.
   *
   * There is one copy for all stages, and endpoints can start as long as the environment's account exists.
   */
  public static none(): ModelPromotion {
    return new ModelPromotion(false);
  }

  /**
   * Models are loaded from copies in the target account.
   *
   * Before a version is deployed, its artifact, its image and its model metrics are copied to the target's bucket, container
   * registry and model registry, under the target's KMS key. Endpoints scale, restart and are created anew from there, whatever
   * happens to the environment's account.
   */
  public static copy(): ModelPromotion {
    return new ModelPromotion(true);
  }

  /** The keys of targets: one of copies only where there are any. @internal */
  public get _targetKeys(): TargetKeyPurpose[] {
    return Object.values(TargetKeyPurpose).filter((purpose) => this.hasModelCopies || purpose !== TargetKeyPurpose.MODELS);
  }

  private constructor(
    /** True if models are copied to the targets. */
    public readonly hasModelCopies: boolean,
  ) {}
}
