/** A container of a model: an image and the model artifact that it loads. */
export interface ModelContainer {
  /** URI of the image, by digest or tag, which SageMaker pulls with the execution role. */
  readonly image: string;

  /**
   * S3 URI of the model artifact, a `model.tar.gz`.
   *
   * Containers have no network: code has to be in the artifact or in the image.
   *
   * @default - no artifact, only the image
   */
  readonly modelDataUrl?: string;

  /**
   * S3 URI of model files that are not compressed: one file, or everything below a prefix that ends with a slash.
   *
   * It takes the place of `modelDataUrl`, for models that take too long to decompress.
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
  readonly environmentVariables?: Record<string, string>;

  /**
   * DNS host name of the container in an inference pipeline.
   *
   * @default - SageMaker generates a host name
   */
  readonly containerHostname?: string;
}
