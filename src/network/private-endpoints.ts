import { CfnVPCEndpoint, GatewayVpcEndpoint, GatewayVpcEndpointAwsService, IGatewayVpcEndpoint, ISecurityGroup, ISubnet, IVpc, InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { EndpointService } from './endpoint-service';
import { EndpointClaims } from './private/endpoint-claims';
import { firstSubnetOfEachZone } from './private/first-subnet-of-zone';
import { PrivateEndpoint } from './private-endpoint';
import { InputCheck } from '../private/input-check';
import { describe } from '../private/invalid-input';
import { ownReference } from '../private/own-reference';
import { checkRequired, like, TEXT } from '../private/required-input';

/** An endpoint policy of your own. */
export interface EndpointPolicy {
  /** The service whose endpoint has the policy. */
  readonly service: EndpointService;
  /** The policy, which replaces that of the data perimeter. */
  readonly policy: PolicyDocument;
}

/** Settings of the VPC endpoints. */
export interface PrivateEndpointsOptions {
  /**
   * Services that have an interface endpoint, in place of the default ones.
   *
   * @default - all services whose `EndpointService.onByDefault` is true
   */
  readonly services?: EndpointService[];

  /**
   * Services of the default that get no interface endpoint.
   *
   * @default - none
   */
  readonly excludedServices?: EndpointService[];

  /**
   * Services whose interface endpoints the VPC has already.
   *
   * No endpoint is created for them. Their policies and security groups stay their owner's, and must let workloads in.
   *
   * @default - none
   */
  readonly existingServices?: EndpointService[];

  /**
   * Services that have an interface endpoint beyond the default ones.
   *
   * @default - none
   */
  readonly additionalServices?: EndpointService[];

  /**
   * Endpoint policies of your own, which replace those of the data perimeter.
   *
   * @default - the data perimeter writes all endpoint policies
   */
  readonly endpointPolicies?: EndpointPolicy[];

  /**
   * An S3 gateway endpoint that the VPC has already, whose policy stays its owner's.
   *
   * @default - a new gateway endpoint
   */
  readonly s3Endpoint?: IGatewayVpcEndpoint;

  /**
   * Endpoint policy of your own for the new S3 gateway endpoint.
   *
   * @default - the data perimeter writes the policy
   */
  readonly s3Policy?: PolicyDocument;
}

/** Properties of VPC endpoints. @internal */
export interface PrivateEndpointsProps extends PrivateEndpointsOptions {
  /** The VPC that gets the endpoints. */
  readonly vpc: IVpc;
  /** The subnets that hold the network interfaces of the endpoints. */
  readonly subnets: ISubnet[];
  /** Security group of the interface endpoints. */
  readonly securityGroup: ISecurityGroup;
}

/** The VPC endpoints of a network: a gateway endpoint for S3, and interface endpoints in each subnet for other services. */
export class PrivateEndpoints extends Construct {
  /** Only the library makes it. @internal */
  public static _create(scope: Construct, id: string, props: PrivateEndpointsProps): PrivateEndpoints {
    return new PrivateEndpoints(scope, id, props);
  }

  /** The S3 gateway endpoint, unless `s3Endpoint` names an existing one. */
  public readonly s3Gateway?: GatewayVpcEndpoint;
  /** Ids of the S3 endpoints through which workloads reach S3. */
  public readonly s3EndpointIds: string[];
  /** True if `s3Policy` sets the policy of the S3 gateway endpoint, which then stays as it is. */
  public readonly s3HasOwnPolicy: boolean;
  /** The interface endpoints, as policies are written for them. @internal */
  public readonly _interfaceEndpoints: PrivateEndpoint[];

  private readonly claims: EndpointClaims;
  private readonly switchedOff: EndpointService[];
  private readonly existing: EndpointService[];
  private readonly needs: [EndpointService, string][] = [];

  private constructor(scope: Construct, id: string, private readonly props: PrivateEndpointsProps) {
    super(scope, id);
    new InputCheck(this)
      .unique('endpoints.excludedServices', props.excludedServices?.map((service) => service.endpointName))
      .unique('endpoints.endpointPolicies', props.endpointPolicies?.map((one) => one.service.endpointName))
      .that('endpoints.endpointPolicies', props.endpointPolicies?.filter((one) => !one.service.policySupported).map((one) => one.service.endpointName), (names) => names.length === 0,
        'be for endpoints on which AWS supports a policy', 'Leave these out')
      .that('endpoints.additionalServices', props.additionalServices?.filter((service) => service._isIn(props.excludedServices)).map((service) => service.endpointName), (names) => names.length === 0,
        'not name an endpoint that endpoints.excludedServices leaves out', 'Leave it out of one of the two')
      .unique('endpoints.existingServices', props.existingServices?.map((service) => service.endpointName))
      .that('endpoints.existingServices', props.existingServices?.filter((service) => service._isIn(props.additionalServices) || service._isIn(props.excludedServices)).map((service) => service.endpointName),
        (names) => names.length === 0, 'not name an endpoint that is made by endpoints.additionalServices, or left out by endpoints.excludedServices',
        'One that the VPC has already is neither made nor missed: leave it out there')
      .notBoth('endpoints.s3Policy', props.s3Policy, 'endpoints.s3Endpoint', props.s3Endpoint, 'The policy of a given endpoint is its owner\'s')
      .throwIfInvalid();
    this.claims = new EndpointClaims(this, props.vpc);
    this.switchedOff = props.excludedServices ?? [];
    this.existing = props.existingServices ?? [];
    this.s3Gateway = props.s3Endpoint ? undefined : this.makeGateway();
    this.s3EndpointIds = [(props.s3Endpoint ?? this.s3Gateway!).vpcEndpointId];
    this.s3HasOwnPolicy = props.s3Policy !== undefined;
    const usual = props.services ?? EndpointService.all().filter((service) => service.onByDefault);
    const chosen = [...usual, ...props.additionalServices ?? []];
    // Those of the list in its own order, and each once.
    const listed = EndpointService.all().filter((service) => service._isIn(chosen));
    this._interfaceEndpoints = [...listed, ...chosen]
      .filter((service, index, all) => !service._isIn(all.slice(0, index)) && !this.isLeftOut(service))
      .map((service) => this.makeInterface(service));
    this.node.addValidation({ validate: () => this.missing() });
  }

  /** Returns the interface endpoint of a service, if this network created one. */
  public interfaceEndpoint(service: EndpointService): InterfaceVpcEndpoint | undefined {
    return this._interfaceEndpoints.find((one) => one.service._isIn([service]))?.endpoint;
  }

  /** Returns true if workloads reach a service by a VPC endpoint, whether it is new or one that the VPC had already. */
  public reaches(service: EndpointService): boolean {
    return this.interfaceEndpoint(service) !== undefined || service._isIn(this.existing);
  }

  /** Requires a VPC endpoint, so that synthesis fails with this reason where it was left out. */
  public requireEndpoint(service: EndpointService, reason: string): void {
    checkRequired(this, { service, reason }, { service: like<EndpointService>('endpointName', 'an EndpointService, such as EndpointService.STS'), reason: TEXT });
    if (!this.isLeftOut(service) && this.interfaceEndpoint(service) === undefined) this._interfaceEndpoints.push(this.makeInterface(service));
    this.needs.push([service, reason]);
  }

  private isLeftOut(service: EndpointService): boolean {
    return service._isIn(this.switchedOff) || service._isIn(this.existing);
  }

  private makeGateway(): GatewayVpcEndpoint {
    this.claims.s3(this.props.subnets);
    const gateway = new GatewayVpcEndpoint(this, 'S3', {
      vpc: this.props.vpc,
      service: GatewayVpcEndpointAwsService.S3,
      subnets: [{ subnets: this.props.subnets }],
    });
    if (this.props.s3Policy) (gateway.node.defaultChild as CfnVPCEndpoint).policyDocument = this.props.s3Policy;
    return gateway;
  }

  private makeInterface(service: EndpointService): PrivateEndpoint {
    this.claims.service(service.endpointName, service.service.name);
    const endpoint = new InterfaceVpcEndpoint(this, service.endpointName, {
      vpc: this.props.vpc,
      service: service.service,
      subnets: { subnets: firstSubnetOfEachZone(this.props.subnets) },
      securityGroups: [this.props.securityGroup],
      open: false, // the group says who comes in
      privateDnsEnabled: service.service.privateDnsDefault ?? true,
    });
    const own = this.props.endpointPolicies?.find((one) => one.service._isIn([service]));
    const resource = endpoint.node.defaultChild as CfnVPCEndpoint;
    resource.securityGroupIds = [ownReference(this, this.props.securityGroup, this.props.securityGroup.securityGroupId)];
    if (own) resource.policyDocument = own.policy;
    return { service, endpoint, hasOwnPolicy: own !== undefined };
  }

  private missing(): string[] {
    return this.needs
      .filter(([service]) => !this.reaches(service))
      .map(([service, reason]) => describe({
        property: 'endpoints.excludedServices',
        value: service.endpointName,
        rule: `leave the endpoint ${service.endpointName} in, which ${reason} needs`,
        remedy: 'Leave it in, or, where the VPC has this endpoint already, name it in endpoints.existingServices',
      }));
  }
}
