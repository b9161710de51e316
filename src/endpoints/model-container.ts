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
   * S3 URI of model files that are not compressed: one file, or everything below a prefix that ends with a slash. Instead of
   * `modelDataUrl`, for models that take too long to unpack.
   *
   * @default - none
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/large-model-inference-uncompressed.html
   */
  readonly uncompressedModelData?: string;

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
