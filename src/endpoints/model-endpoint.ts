import { IResource } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';

/** A SageMaker endpoint, created in this app or imported by its name. */
export interface IModelEndpoint extends IResource {
  /**
   * Name of the endpoint.
   *
   * @attribute
   */
  readonly endpointName: string;

  /**
   * ARN of the endpoint.
   *
   * @attribute
   */
  readonly endpointArn: string;

  /** Grants permission to invoke the endpoint, by `sagemaker:InvokeEndpoint` and `sagemaker:InvokeEndpointWithResponseStream`. */
  grantInvoke(grantee: IGrantable): Grant;
}
