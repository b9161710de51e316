import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { StudioOptions } from './studio-options';
import { EnvironmentRegistry } from '../registry/environment-registry';
import { EnvironmentRoleOptions } from '../registry/role-options';

/** Where a Studio domain lives and who its people are. */
export interface SecureStudioDomainProps extends StudioOptions {
  /** The VPC in which Studio's applications run. Fixed when the domain is made. */
  readonly vpc: IVpc;

  /**
   * The subnets in which Studio's applications run, 1–16, none of them public.
   *
   * @default - the isolated subnets of the VPC; the private ones, if it has no isolated ones
   */
  readonly subnets?: ISubnet[];

  /**
   * The key of the domain: volumes of spaces and the home file system. Fixed when the domain is made.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-studio.html
   */
  readonly encryptionKey: IKey;

  /**
   * What applications run as, of users without a role of their own. Trusts `sagemaker.amazonaws.com` for
   * `sts:AssumeRole` and `sts:SetSourceIdentity`.
   */
  readonly executionRole: IRole;

  /**
   * Security groups that every user's applications have, beside the user's own: the way to the endpoints.
   *
   * @default - one group is made, which may open TLS connections (port 443) to wherever the subnets lead
   */
  readonly workloadSecurityGroups?: ISecurityGroup[];

  /**
   * What happens to people's work when the domain is deleted. `RETAIN`: the deletion stops, and says why, while there are
   * applications, spaces, or profiles made by hand. `DESTROY`: these are deleted first, with the volumes of the spaces;
   * it takes the context flag `@cdk-secure-mlops/destroy-data` as well, and without it is `RETAIN` with a warning.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The environment that the domain belongs to; names the role of the clean-up function and its parameter.
   *
   * @default - generated names
   */
  readonly registry?: EnvironmentRegistry;

  /**
   * Path and permissions boundary of the role of the clean-up function.
   *
   * @default - path `/`, no boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}
