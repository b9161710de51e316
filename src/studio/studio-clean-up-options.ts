import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IDependable } from 'constructs';

/** Where the clean-up function runs if it must not run outside of the VPC. */
export interface StudioCleanUpNetwork {
  /**
   * Subnets of the function.
   *
   * @default - the subnets of the domain
   */
  readonly subnets?: ISubnet[];

  /** Security groups that let the function reach the endpoints on port 443. */
  readonly securityGroups: ISecurityGroup[];

  /**
   * What the function's calls travel through: the endpoints of SageMaker, EFS, EC2, Systems Manager and S3 with their
   * policies, routes and security group rules. They stay until the function has given its last answer; without that, the
   * answer to CloudFormation is lost and the deletion of the stack hangs for an hour.
   */
  readonly dependencies: IDependable[];
}

/** Options of the function that makes a domain deletable. */
export interface StudioCleanUpOptions {
  /**
   * Key of the function's log group. Its policy must let CloudWatch Logs use it.
   *
   * @default - CloudWatch Logs' own encryption
   */
  readonly logsKey?: IKey;

  /**
   * Runs the function in the domain's VPC.
   *
   * @default - outside of any VPC: it reads and deletes, and touches no data
   */
  readonly network?: StudioCleanUpNetwork;
}
