import { ISecurityGroup, ISubnet } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IDependable } from 'constructs';

/** Network of a clean-up function that must run in a VPC. */
export interface StudioCleanUpNetwork {
  /**
   * Subnets of the function.
   *
   * @default - the subnets of the domain
   */
  readonly subnets?: ISubnet[];

  /** Security groups that let the function reach the VPC endpoints on port 443. */
  readonly securityGroups: ISecurityGroup[];

  /**
   * Resources that calls of the function need: the endpoints of SageMaker, EFS, EC2, Systems Manager and S3 with their policies,
   * routes and security group rules.
   *
   * They are deleted after the function has sent its last response. Otherwise the response to CloudFormation is lost, and the
   * deletion of the stack hangs for an hour.
   */
  readonly dependencies: IDependable[];
}

/** Options of the Lambda function that cleans up a domain before its deletion. */
export interface StudioCleanUpOptions {
  /**
   * KMS key that encrypts the log group of the function.
   *
   * The key policy must let CloudWatch Logs use the key.
   *
   * @default - CloudWatch Logs' own encryption
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   */
  readonly logsKey?: IKey;

  /**
   * Network of a function that runs in the VPC of the domain.
   *
   * @default - outside of any VPC, where it describes and deletes resources and reads no data
   */
  readonly network?: StudioCleanUpNetwork;
}
