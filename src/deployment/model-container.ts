/** A container of a model: an image, and the artifact that it loads. */
export interface ModelContainer {
  /** URI of the image, by digest or tag. SageMaker pulls it with the execution role. */
  readonly image: string;

  /**
   * S3 URI of the artifact, a `model.tar.gz`. Containers have no network: code has to be inside of it, or in the image.
   *
   * @default - the image brings everything along
   */
  readonly modelDataUrl?: string;

  /**
   * Environment variables, at most 100.
   *
   * @default - none
   */
  readonly environment?: Record<string, string>;

  /**
   * DNS name of the container in an inference pipeline.
   *
   * @default - SageMaker names it
   */
  readonly containerHostname?: string;
}
