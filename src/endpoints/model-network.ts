import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { InputCheck } from '../private/input-check';
import { checkRequired, listOf, SECURITY_GROUP, TEXT, VPC } from '../private/required-input';

/** Options of a model's network in a VPC. */
export interface ModelVpcOptions {
  /** The VPC. */
  readonly vpc: IVpc;

  /**
   * The subnets, 1–16, of which those in two Availability Zones or more survive the loss of one.
   *
   * @default - the isolated subnets of the VPC, or the private ones if it has no isolated ones
   */
  readonly vpcSubnets?: SubnetSelection;

  /** The security groups, 1–5, which need no inbound rules, and outbound rules only to S3. */
  readonly securityGroups: ISecurityGroup[];
}

/** Attributes of a model's network, which may be CloudFormation parameters. */
export interface ModelNetworkAttributes {
  /** Ids of the subnets, 1–16. */
  readonly subnetIds: string[];

  /** Ids of the security groups, 1–5. */
  readonly securityGroupIds: string[];
}

/**
 * Network of a model.
 *
 * An endpoint outside of a VPC is not supported, as clients and models would reach each other outside of any data perimeter.
 */
export class ModelNetwork {
  /** Subnets and security groups of a VPC in this app. */
  public static fromVpc(options: ModelVpcOptions): ModelNetwork {
    checkRequired('ModelNetwork.fromVpc', options, { vpc: VPC, securityGroups: listOf(SECURITY_GROUP) });
    const { vpc, vpcSubnets, securityGroups } = options;
    const selected = vpcSubnets ? vpc.selectSubnets(vpcSubnets).subnets : vpc.isolatedSubnets.length > 0 ? vpc.isolatedSubnets : vpc.privateSubnets;
    return new ModelNetwork(selected.map(({ subnetId }) => subnetId), securityGroups.map(({ securityGroupId }) => securityGroupId), securityGroups);
  }

  /** Subnets and security groups that are known by their ids. */
  public static fromAttributes(attributes: ModelNetworkAttributes): ModelNetwork {
    checkRequired('ModelNetwork.fromAttributes', attributes, { subnetIds: listOf(TEXT), securityGroupIds: listOf(TEXT) });
    return new ModelNetwork(attributes.subnetIds, attributes.securityGroupIds);
  }

  private constructor(
    /** Ids of the subnets. */
    public readonly subnetIds: string[],
    /** Ids of the security groups. */
    public readonly securityGroupIds: string[],
    /** The security groups, where they are known by more than their ids. */
    public readonly securityGroups?: ISecurityGroup[],
  ) {
    new InputCheck('ModelNetwork')
      .notEmpty('subnetIds', subnetIds)
      .atMost('subnetIds', subnetIds, 16)
      .notEmpty('securityGroupIds', securityGroupIds)
      .atMost('securityGroupIds', securityGroupIds, 5)
      .throwIfInvalid();
  }
}
