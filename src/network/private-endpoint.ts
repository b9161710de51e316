import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { EndpointService } from './endpoint-service';

/** An interface VPC endpoint and the service it leads to. */
export interface PrivateEndpoint {
  /** The service of the endpoint. */
  readonly service: EndpointService;
  /** The interface VPC endpoint. */
  readonly endpoint: InterfaceVpcEndpoint;
  /** True if `endpoints.endpointPolicies` sets the endpoint policy, which then stays as it is. */
  readonly hasOwnPolicy: boolean;
}
