/** From where a stage's endpoints read their models. */
export class ModelPromotion {
  /** From the environment's releases: one copy for all stages, and endpoints start as long as the data-science account stands. */
  public static none(): ModelPromotion {
    return new ModelPromotion(false);
  }

  /**
   * From copies of the target's own: before a version is deployed, its artifact, its image and what was measured of it are copied
   * to the target's bucket, container registry and model registry, under the target's key. Endpoints scale, restart and
   * are made anew from there, whatever becomes of the data-science account.
   */
  public static copy(): ModelPromotion {
    return new ModelPromotion(true);
  }

  private constructor(
    /** Whether models are copied to the targets. */
    public readonly copiesModels: boolean,
  ) {}
}
