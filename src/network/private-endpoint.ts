import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { EndpointService } from './endpoint-service';

/** An interface endpoint and what is known of it. */
export interface PrivateEndpoint {
  /** What it leads to. */
  readonly service: EndpointService;
  /** The endpoint. */
  readonly endpoint: InterfaceVpcEndpoint;
  /** Whether you gave its policy, which then stays as it is. */
  readonly hasOwnPolicy: boolean;
}
