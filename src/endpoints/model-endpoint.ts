import { IResource } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';

/** An endpoint of a model, made in this app or known by its name. */
export interface IModelEndpoint extends IResource {
  /**
   * Name of the endpoint.
   * @attribute
   */
  readonly endpointName: string;

  /**
   * ARN of the endpoint.
   * @attribute
   */
  readonly endpointArn: string;

  /** Lets somebody send requests to the endpoint. */
  grantInvoke(grantee: IGrantable): Grant;
}
