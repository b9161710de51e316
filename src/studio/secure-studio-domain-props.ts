import { RemovalPolicy } from 'aws-cdk-lib';
import { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { StudioOptions } from './studio-options';
import { EnvironmentNames } from '../names/environment-names';
import { EnvironmentRoleOptions } from '../names/role-options';

/** Properties of a Studio domain. */
export interface SecureStudioDomainProps extends StudioOptions {
  /** The VPC in which Studio applications run, which cannot be changed once the domain exists. */
  readonly vpc: IVpc;

  /**
   * The subnets in which Studio applications run, 1–16, none of them public.
   *
   * @default - the isolated subnets of the VPC, or the private ones if it has no isolated ones
   */
  readonly subnets?: ISubnet[];

  /**
   * KMS key of the volumes of spaces and the home file system, which cannot be changed once the domain exists.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest-studio.html
   */
  readonly encryptionKey: IKey;

  /**
   * Execution role of the applications of users without a role of their own.
   *
   * The role must trust `sagemaker.amazonaws.com` for `sts:AssumeRole` and `sts:SetSourceIdentity`. A role of this app that has the
   * first only gets the second as well.
   */
  readonly executionRole: IRole;

  /**
   * Security groups that the applications of every user have beside the user's own, and that reach the VPC endpoints.
   *
   * @default - a new security group that allows outbound TLS connections (port 443) to any address
   */
  readonly workloadSecurityGroups?: ISecurityGroup[];

  /**
   * Removal policy of the files of users.
   *
   * `RETAIN`: the deletion of the domain fails, and says why, while there are applications, spaces, or user profiles created by
   * hand. `DESTROY`: these are deleted first, with the volumes of the spaces. DESTROY takes effect only with the context flag
   * `@cdk-secure-mlops/destroy-data`, and without it is RETAIN with a warning.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The names of the environment that the domain belongs to, from which the role of the clean-up function and its parameter are named.
   *
   * @default - generated names
   */
  readonly names?: EnvironmentNames;

  /**
   * Path and permissions boundary of the role of the clean-up function.
   *
   * Not together with `names`, which has them from `EnvironmentNames.forStack`.
   *
   * @default - path `/`, no permissions boundary
   */
  readonly roleOptions?: EnvironmentRoleOptions;
}
